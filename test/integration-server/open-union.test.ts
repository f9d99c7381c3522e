import { documented } from "../../src/integration-server/open-union";

const VALUES = ["CONNECTED", "NO_ERROR"] as const;

it.each([
  ["CONNECTED", "CONNECTED"],
  ["Connected", "CONNECTED"],
  ["NoError", "NO_ERROR"],
  ["no_error", "NO_ERROR"],
  ["Linked", "CONNECTED"],
  ["LINKED", "CONNECTED"],
  ["Paused", "Paused"],
  ["", ""],
])("%j means %j", (text, meant) => {
  expect(documented(text, VALUES, { Linked: "CONNECTED" })).toBe(meant);
});
