import { parseState } from "../../../constructs/testing/state";

test("a state is its outputs, and its resources by their addresses", () => {
  const text = JSON.stringify({
    version: 4,
    outputs: { addresses: { value: { a: "192.0.2.1" }, type: ["map", "string"] } },
    resources: [
      { mode: "data", type: "ksvla_host", name: "esx", instances: [{ attributes: { id: "1" } }] },
      {
        module: "module.site",
        mode: "managed",
        type: "ksvla_svm",
        name: "svm",
        instances: [
          { index_key: "a", attributes: { name: "svm-a" } },
          { index_key: 1, attributes: { name: "svm-b" }, status: "tainted" },
        ],
      },
    ],
  });
  expect(parseState(text)).toEqual({
    outputs: { addresses: { a: "192.0.2.1" } },
    resources: [
      { address: "data.ksvla_host.esx", type: "ksvla_host", mode: "data", tainted: false, values: { id: "1" } },
      {
        address: 'module.site.ksvla_svm.svm["a"]',
        type: "ksvla_svm",
        mode: "managed",
        tainted: false,
        values: { name: "svm-a" },
      },
      {
        address: "module.site.ksvla_svm.svm[1]",
        type: "ksvla_svm",
        mode: "managed",
        tainted: true,
        values: { name: "svm-b" },
      },
    ],
  });
});

test("a stack that was never deployed has nothing", () => {
  expect(parseState(undefined)).toEqual({ outputs: {}, resources: [] });
});
