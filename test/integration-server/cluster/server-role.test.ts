import { FakeServer } from "../fake-server";

const ROLE = "PUT /api/3.0/server/configuration/role";

it("assigns a role, and an empty answer is fine", async () => {
  const server = (await FakeServer.start()).on(ROLE, {});
  await expect(server.client().role.assign("Primary")).resolves.toBeUndefined();
  expect(JSON.parse(server.received[0]?.body ?? "")).toEqual({ role: "Primary" });
});

it("asks once more when the answer is lost: the same role again is no other one", async () => {
  const server = (await FakeServer.start()).on(
    ROLE,
    (_, response) => {
      response.destroy();
      return undefined;
    },
    {},
  );
  await expect(server.client().role.assign("Primary")).resolves.toBeUndefined();
  expect(server.received).toHaveLength(2);
});

it("does not ask again when the server refuses", async () => {
  const server = (await FakeServer.start()).on(ROLE, { status: 409, body: { message: "a reserve server" } });
  await expect(server.client().role.assign("Primary")).rejects.toMatchObject({
    name: "ApiError",
    status: 409,
    serverMessage: "a reserve server",
  });
  expect(server.received).toHaveLength(1);
});
