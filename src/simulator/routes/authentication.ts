import type { Route } from "../http/api";
import { parseQuery } from "../http/query";

/** "Authentication on the Integration Server". */
export const authenticationRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/3.0/auth/tokens",
    anonymous: true,
    handle: (request, { sessions }) => {
      parseQuery(request.query, []);
      const session = sessions.logIn(request.headers.authorization);
      const createdAt = session.createdAt.toISOString();
      const activeTo = session.activeTo.toISOString();
      const validTo = session.validTo.toISOString();
      return {
        status: 200,
        body: {
          accessToken: { value: session.accessToken },
          refreshToken: { value: session.refreshToken },
          session: { id: session.id, createdAt, updatedAt: createdAt, activeTo, validTo },
        },
      };
    },
  },
];
