import { isMendable, reserveServerProblem } from "../../../src/resources/reserve-server/problems";

const failed = (connectionError: string) => ({
  address: "viis-reserve.example.test:7271",
  status: "Disconnected",
  connectionError,
});
const problem = (connectionError: string) => reserveServerProblem(failed(connectionError), "viis:7271");

test.each([
  { address: "a:1", status: "Connected", connectionError: "NoError" },
  { address: "a:1", status: "Connecting", connectionError: "NetworkError" },
  { address: "a:1", status: null, connectionError: null },
])("%j has not failed", (connection) => {
  expect(reserveServerProblem(connection, "viis:7271")).toBeUndefined();
  expect(isMendable(connection)).toBe(false);
});

test.each([
  ["ServerError", "address", /same version as viis:7271/],
  ["NetworkError", "address", /viis:7271 can reach it/],
  ["InvalidCertificate", "address", /address {2}= "viis-reserve\.example\.test:7271"\n +protocol = "https"/],
  ["AccessDenied", "address", /standalone/],
  ["Unauthorized", "passwordWo", /Set password_wo .* change password_wo_version/],
  ["SomethingNew", "address", /logs of both/],
  ["NoError", "address", /logs of both/],
])("%s blames %s and says what to do", (error, attribute, advice) => {
  expect(problem(error)).toMatchObject({
    summary: "Unable to connect to the reserve server viis-reserve.example.test:7271",
    detail: expect.stringContaining(`viis:7271 reports Disconnected with ${error}. `),
    path: [attribute],
  });
  expect(problem(error)?.detail).toMatch(advice);
});

test("every documented error has its own advice", () => {
  const errors = ["ServerError", "NetworkError", "InvalidCertificate", "AccessDenied", "Unauthorized", "SomethingNew"];
  const advice = errors.map((error) => problem(error)?.detail.replace(error, ""));

  expect(new Set(advice).size).toBe(errors.length);
});
