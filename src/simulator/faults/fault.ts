import type { RecordedRequest, RequestFilter } from "../requests";

/** What happens before a request is handled, or in place of it. */
export type RequestFault =
  /** The request is handled later. Real milliseconds, here and below: the time scale does not touch them. */
  | { readonly kind: "latency"; readonly milliseconds: number }
  /** Every token issued so far expires just before the request is looked at. */
  | { readonly kind: "expireTokens" }
  /** The connection is closed before the request is handled: nothing has happened. */
  | { readonly kind: "dropBefore" }
  /** This status is the answer. */
  | {
      readonly kind: "status";
      readonly status: number;
      /** Seconds, or a date as HTTP writes it. */
      readonly retryAfter?: number | string;
      /** @default a sentence that says the fault was asked for */
      readonly message?: string;
      /** Whether the request is handled all the same, as behind a gateway that lost patience. @default false */
      readonly handled?: boolean;
    }
  /** Somebody cancels the task that the request is about, just before it is looked at. */
  | { readonly kind: "cancelTask" };

/** A handled request's answer says something else. */
export type ObjectFault =
  /** It is about another object of the same kind; about one that there is not, where there is no other. */
  | { readonly kind: "anotherObject" }
  /** What it is about has another id there. */
  | { readonly kind: "wrongId" /** @default a made-up one */; readonly id?: string }
  /** A task names another machine as its SVM, in its parameters and its result. */
  | {
      readonly kind: "foreignSvm";
      /** The machine's name or id. @default one that is no SVM, on the same platform */
      readonly machine?: string;
    };

/** A handled request's answer has a task in another form. The task itself goes on as ever. */
export type TaskFault =
  /** No progress is a number. */
  | { readonly kind: "progressText" /** @default "n/a" */; readonly text?: string }
  /** Progress goes from 100 to 0. */
  | { readonly kind: "progressBack" }
  /** No task in it has children. */
  | { readonly kind: "withoutChildren" }
  /** No task in it has parameters. */
  | { readonly kind: "withoutParameters" }
  /** Every task in it has a state that the documents do not show. */
  | { readonly kind: "unknownState" /** @default "Suspended" */; readonly state?: string }
  /** It is completed, and its last child is running. */
  | { readonly kind: "runningChild" }
  /** It is what it was at the first look that was struck. */
  | { readonly kind: "stuck" };

/** A handled request's answer has its own status, but another body. */
export type BodyFault =
  /** A page, as proxies and wrong ports answer. */
  | { readonly kind: "html" /** @default the answer's own */; readonly status?: number }
  | { readonly kind: "empty" }
  /** The JSON breaks off in the middle; HTTP says that this is all. */
  | { readonly kind: "truncated" }
  /** The id of what it is about is a JSON number there. */
  | {
      readonly kind: "numericId";
      /** @default "9007199254740993", which no JavaScript number is equal to */
      readonly digits?: string;
    }
  /** Texts are numbers, numbers and truth values are texts, lists are objects. */
  | { readonly kind: "wrongTypes" }
  /** The JSON stands in as many brackets. */
  | { readonly kind: "deep" /** @default 100,000 */; readonly depth?: number }
  /** The JSON has a further property of this size. */
  | { readonly kind: "huge" /** @default 67,108,864 (64 MiB) */; readonly bytes?: number }
  /** Whatever a test makes of the body. */
  | { readonly kind: "rewrite"; readonly rewrite: (body: string, request: RecordedRequest) => string };

/** A handled request's answer is that of somebody who means harm. */
export type HostileFault =
  /** Texts for people repeat every secret that any request has held so far. */
  | { readonly kind: "echo" }
  /** Texts for people hold what terminals obey, and what turns text around. */
  | { readonly kind: "escapes" }
  /** The body is one text, over and over. */
  | {
      readonly kind: "flood";
      /** @default "<", the beginning of a tag that never ends */
      readonly text?: string;
      /** @default 400,000, of which `gzip` makes some hundred */
      readonly bytes?: number;
    };

/** A handled request's answer takes another way. */
export type TransportFault =
  /** The connection is closed before the answer: it is lost. */
  | { readonly kind: "dropAfter" }
  /** The connection is closed in the middle of the body. */
  | { readonly kind: "dropDuring" }
  /** The body is compressed, and its header says so. */
  | { readonly kind: "gzip" }
  /** The answer begins later, although the request has been handled. */
  | { readonly kind: "slowHeaders"; readonly milliseconds: number }
  /** The body comes in pieces, over this time. */
  | { readonly kind: "slowBody"; readonly milliseconds: number };

/** What goes wrong. */
export type Fault = RequestFault | ObjectFault | TaskFault | BodyFault | HostileFault | TransportFault;

/** A fault and the requests it strikes. */
export interface FaultRule extends Pick<RequestFilter, "method" | "path"> {
  readonly fault: Fault;
  /** Only requests that hold an SVM of this name or id; with a status, the whole request is refused because of it. */
  readonly svm?: string;
  /** How many matching requests pass before the first one is struck. @default 0 */
  readonly skip?: number;
  /** How many requests it strikes; `Number.POSITIVE_INFINITY` until removed. @default 1 */
  readonly times?: number;
  /** How likely it strikes a matching request, from 0 to 1; the simulator's seed decides which. @default 1 */
  readonly probability?: number;
}
