/**
 * Protocol Buffers (proto3) messages as TypeScript tables: a message is declared once, as a record of fields, and
 * from that come its static types, its encoder and its decoder. It covers what the plugin protocol uses: scalars,
 * enums, messages (also recursive ones, through getters), lists of messages, maps by string, oneof, and presence.
 */
import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/**
 * One entry of a message. `T` is what a decoded message holds; `Init` is what encoding takes, which is more lenient.
 * A field of its own kind of presence says in `write` what it leaves out.
 */
export interface Field<T, Init = T> {
  /** The field number; a oneof has several. */
  readonly numbers: readonly number[];
  /** The value of a field that the bytes do not mention. */
  initial(): T;
  /** Takes one occurrence from the bytes. Undefined when its wire type is not the declared one. */
  read(reader: BinaryReader, number: number, wireType: WireType, current: T): { readonly value: T } | undefined;
  write(writer: BinaryWriter, value: Init): void;
}

/**
 * A record of fields. The constraint names no field type on purpose: checking it would resolve the getters of a
 * recursive message while its own type is still being inferred.
 */
type Fields = object;

type Values<F extends Fields> = { [K in keyof F]: F[K] extends { initial(): infer T } ? T : never };
type Inits<F extends Fields> = {
  readonly [K in keyof F]?:
    | (F[K] extends { write(writer: BinaryWriter, value: infer I): void } ? I : never)
    | undefined;
};

export interface MessageType<F extends Fields = Fields> {
  readonly fields: F;
  encode(value: Inits<F>): Uint8Array<ArrayBuffer>;
  decode(bytes: Uint8Array): Values<F>;
  /** Writes the fields without a length. */
  write(writer: BinaryWriter, value: Inits<F>): void;
  /** Reads fields up to the position `end`, over the values of `current` if that is given, as proto3 merges them. */
  read(reader: BinaryReader, end: number, current?: Values<F>): Values<F>;
}

/** A decoded message: every field is there, absent messages and absent optional fields are undefined. */
export type MessageOf<M extends MessageType> = M extends MessageType<infer F> ? Values<F> : never;
/** What a message can be encoded from: every field may be left out. A decoded message fits too. */
export type MessageInit<M extends MessageType> = M extends MessageType<infer F> ? Inits<F> : never;

/** Declares a message. A field that leads back to the message itself is a getter. */
export function message<F extends Fields>(fields: F): MessageType<F> {
  type Entry = { readonly name: string; readonly field: Field<unknown> };
  let entries: readonly Entry[] | undefined;
  let byNumber: ReadonlyMap<number, Entry> | undefined;

  // Not before the first use: the getters of recursive messages refer to constants that are declared later.
  function table(): readonly Entry[] {
    entries ??= Object.entries(fields)
      .map(([name, field]: [string, Field<unknown>]) => ({ name, field }))
      .sort((a, b) => Math.min(...a.field.numbers) - Math.min(...b.field.numbers));
    return entries;
  }
  function lookUp(number: number): Entry | undefined {
    byNumber ??= new Map(table().flatMap((entry) => entry.field.numbers.map((n) => [n, entry] as const)));
    return byNumber.get(number);
  }

  const type: MessageType<F> = {
    fields,
    encode(value) {
      return written((writer) => type.write(writer, value));
    },
    decode(bytes) {
      const reader = new BinaryReader(bytes);
      return type.read(reader, reader.len);
    },
    write(writer, value) {
      const values: Readonly<Record<string, unknown>> = value;
      table().forEach(({ name, field }) => {
        const fieldValue = values[name];
        if (fieldValue !== undefined) field.write(writer, fieldValue);
      });
    },
    read(reader, end, current) {
      const values: Record<string, unknown> = current ?? {};
      if (current === undefined) {
        table().forEach(({ name, field }) => {
          values[name] = field.initial();
        });
      }
      while (reader.pos < end) {
        const tag = reader.tag();
        const number = tag[0];
        const wireType = tag[1];
        const entry = lookUp(number);
        const taken = entry?.field.read(reader, number, wireType, values[entry.name]);
        if (entry !== undefined && taken !== undefined) values[entry.name] = taken.value;
        else reader.skip(wireType, number);
      }
      if (reader.pos !== end) throw new RangeError("A protobuf message is longer than its announced length");
      return values as Values<F>;
    },
  };
  return type;
}

/** A longer answer is rare, and would keep its room. */
const LARGEST_KEPT = 65_536;
let shared = new BinaryWriter();

/** What is written, with room that serves one message after the other. */
function written(write: (writer: BinaryWriter) => void): Uint8Array<ArrayBuffer> {
  const writer = shared;
  // Unless all goes well, the next message begins with another one.
  shared = new BinaryWriter();
  write(writer);
  const bytes = writer.finish();
  if (bytes.length <= LARGEST_KEPT) shared = writer;
  return bytes;
}

interface Scalar<T> {
  readonly wireType: WireType;
  readonly zero: T;
  read(reader: BinaryReader): T;
  write(writer: BinaryWriter, value: T): void;
  isZero(value: T): boolean;
}

const stringScalar: Scalar<string> = {
  wireType: WireType.LengthDelimited,
  zero: "",
  read: (reader) => reader.string(),
  write: (writer, value) => writer.string(value),
  isZero: (value) => value === "",
};
const bytesScalar: Scalar<Uint8Array> = {
  wireType: WireType.LengthDelimited,
  zero: new Uint8Array(),
  read: (reader) => reader.bytes(),
  write: (writer, value) => writer.bytes(value),
  isZero: (value) => value.length === 0,
};
const boolScalar: Scalar<boolean> = {
  wireType: WireType.Varint,
  zero: false,
  read: (reader) => reader.bool(),
  write: (writer, value) => writer.bool(value),
  isZero: (value) => !value,
};
/** The protocol counts versions, indices and seconds with int64: a number holds those, and anything larger is refused. */
const int64Scalar: Scalar<number> = {
  wireType: WireType.Varint,
  zero: 0,
  read(reader) {
    const value = Number(reader.int64());
    if (!Number.isSafeInteger(value)) throw new RangeError(`The int64 ${value} cannot be held without loss`);
    return value;
  },
  write: (writer, value) => writer.int64(value),
  isZero: (value) => value === 0,
};
const int32Scalar: Scalar<number> = {
  wireType: WireType.Varint,
  zero: 0,
  read: (reader) => reader.int32(),
  write: (writer, value) => writer.int32(value),
  isZero: (value) => value === 0,
};

/** A scalar without presence: its zero value is not sent. */
class ScalarField<T> implements Field<T> {
  readonly numbers: readonly number[];

  constructor(
    readonly number: number,
    readonly scalar: Scalar<T>,
  ) {
    this.numbers = [number];
  }
  initial(): T {
    return this.scalar.zero;
  }
  read(reader: BinaryReader, _number: number, wireType: WireType): { value: T } | undefined {
    return wireType === this.scalar.wireType ? { value: this.scalar.read(reader) } : undefined;
  }
  write(writer: BinaryWriter, value: T): void {
    if (!this.scalar.isZero(value)) this.writePresent(writer, value);
  }
  writePresent(writer: BinaryWriter, value: T): void {
    writer.tag(this.number, this.scalar.wireType);
    this.scalar.write(writer, value);
  }
}

export const string = (number: number): ScalarField<string> => new ScalarField(number, stringScalar);
export const bytes = (number: number): ScalarField<Uint8Array> => new ScalarField(number, bytesScalar);
export const bool = (number: number): ScalarField<boolean> => new ScalarField(number, boolScalar);
/** An int64 within ±2^53. */
export const int64 = (number: number): ScalarField<number> => new ScalarField(number, int64Scalar);
export const int32 = (number: number): ScalarField<number> => new ScalarField(number, int32Scalar);

/** An enum whose values are the names' positions. A value without a name reads as the first one. */
export function enumeration<const Names extends readonly [string, ...string[]]>(
  number: number,
  names: Names,
): ScalarField<Names[number]> {
  return new ScalarField<Names[number]>(number, {
    wireType: WireType.Varint,
    zero: names[0],
    read: (reader) => names[reader.int32()] ?? names[0],
    write: (writer, value) => writer.int32(names.indexOf(value)),
    isZero: (value) => value === names[0],
  });
}

/** A scalar with presence: undefined when it is not sent, and its zero value is sent. */
export function optional<T>(field: ScalarField<T>): Field<T | undefined> {
  return {
    numbers: field.numbers,
    initial: () => undefined,
    read: (reader, number, wireType) => field.read(reader, number, wireType),
    write(writer, value) {
      if (value !== undefined) field.writePresent(writer, value);
    },
  };
}

/** Interfaces, not aliases: their members are resolved only when asked for, which recursive messages need. */
interface MessageField<M extends MessageType> extends Field<MessageOf<M> | undefined, MessageInit<M>> {}
interface RepeatedField<M extends MessageType> extends Field<MessageOf<M>[], readonly MessageInit<M>[]> {}

export function msg<M extends MessageType>(number: number, type: M): MessageField<M> {
  return {
    numbers: [number],
    initial: () => undefined,
    read(reader, _number, wireType, current) {
      if (wireType !== WireType.LengthDelimited) return undefined;
      return { value: readDelimited(reader, type, current) };
    },
    write: (writer, value) => writeDelimited(writer, number, type, value),
  };
}

export function repeated<M extends MessageType>(number: number, type: M): RepeatedField<M> {
  return {
    numbers: [number],
    initial: () => [],
    read(reader, _number, wireType, current) {
      if (wireType !== WireType.LengthDelimited) return undefined;
      current.push(readDelimited(reader, type));
      return { value: current };
    },
    write(writer, values) {
      for (const value of values) writeDelimited(writer, number, type, value);
    },
  };
}

/** A map from string to message. */
export function map<M extends MessageType>(
  number: number,
  type: M,
): Field<Record<string, MessageOf<M>>, Readonly<Record<string, MessageInit<M>>>> {
  return mapField(number, msg(2, type), () => type.read(new BinaryReader(new Uint8Array()), 0) as MessageOf<M>);
}

/** A map from string to string. */
export function stringMap(number: number): Field<Record<string, string>, Readonly<Record<string, string>>> {
  return mapField(number, optional(string(2)), () => "");
}

/** On the wire a map is a list of messages with the fields key (1) and value (2), each of which may be left out. */
function mapField<T, Init>(
  number: number,
  valueField: Field<T | undefined, Init>,
  zero: () => T,
): Field<Record<string, T>, Readonly<Record<string, Init>>> {
  const entryType = message({ key: optional(string(1)), value: valueField as Field<unknown> });
  return {
    numbers: [number],
    // Without a prototype, so that no key has a meaning of its own.
    initial: () => Object.create(null),
    read(reader, _number, wireType, current) {
      if (wireType !== WireType.LengthDelimited) return undefined;
      const entry = readDelimited(reader, entryType);
      current[entry.key ?? ""] = (entry.value as T | undefined) ?? zero();
      return { value: current };
    },
    write(writer, values) {
      for (const [key, value] of Object.entries(values)) writeDelimited(writer, number, entryType, { key, value });
    },
  };
}

type OneOf<F extends Readonly<Record<string, ScalarField<unknown>>>, Key extends keyof F = keyof F> = {
  [K in Key]: { readonly [P in K]: ReturnType<F[K]["initial"]> } & { readonly [P in Exclude<Key, K>]?: never };
}[Key];

/** At most one of some scalars, as an object with that one property. */
export function oneof<F extends Readonly<Record<string, ScalarField<unknown>>>>(
  fields: F,
): Field<OneOf<F> | undefined> {
  const members = Object.entries(fields);
  return {
    numbers: members.map(([, field]) => field.number),
    initial: () => undefined,
    read(reader, number, wireType) {
      const [name, field] = members.find(([, candidate]) => candidate.number === number) ?? [];
      const taken = field?.read(reader, number, wireType);
      return name === undefined || taken === undefined ? undefined : { value: { [name]: taken.value } as OneOf<F> };
    },
    write(writer, chosen) {
      const values: Readonly<Record<string, unknown>> = chosen ?? {};
      for (const [name, field] of members) {
        if (values[name] !== undefined) field.writePresent(writer, values[name]);
      }
    },
  };
}

function readDelimited<M extends MessageType>(reader: BinaryReader, type: M, current?: MessageOf<M>): MessageOf<M> {
  const length = reader.uint32();
  return type.read(reader, reader.pos + length, current) as MessageOf<M>;
}

function writeDelimited<M extends MessageType>(
  writer: BinaryWriter,
  number: number,
  type: M,
  value: MessageInit<M>,
): void {
  writer.tag(number, WireType.LengthDelimited).fork();
  type.write(writer, value);
  writer.join();
}
