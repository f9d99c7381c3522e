import {
  AttributePath,
  ClientCapabilities,
  Diagnostic,
  DynamicValue,
  PROVIDER_RPCS,
  Schema,
  SchemaAttribute,
} from "../../../src/terraform/protocol/tfplugin6";

const hex = (encoded: Uint8Array) => Buffer.from(encoded).toString("hex");

/** What several declarations of one number would break silently. */
function numbersOf(fields: object): readonly number[] {
  return Object.values(fields).flatMap((field: { readonly numbers: readonly number[] }) => field.numbers);
}

describe.each(Object.entries(PROVIDER_RPCS))("%s", (_name, { request, response }) => {
  test.each([
    ["request", request],
    ["response", response],
  ])("uses each field number once in its %s", (_which, type) => {
    const numbers = numbersOf(type.fields);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test("decodes an empty request", () => {
    expect(Object.keys(request.decode(new Uint8Array()))).toEqual(expect.arrayContaining(Object.keys(request.fields)));
  });
});

describe("bytes on the wire", () => {
  test("a value in MessagePack", () => {
    expect(hex(DynamicValue.encode({ msgpack: new Uint8Array([0xc0]) }))).toBe("0a01c0");
  });

  test("a diagnostic with a path into a list", () => {
    const attribute = { steps: [{ selector: { attributeName: "a" } }, { selector: { elementKeyInt: 0 } }] };
    const encoded = Diagnostic.encode({ severity: "ERROR", summary: "s", detail: "d", attribute });
    expect(hex(encoded)).toBe("0801" + "120173" + "1a0164" + "2209" + "0a030a0161" + "0a021800");
  });

  test("a write-only attribute", () => {
    const encoded = SchemaAttribute.encode({
      name: "p",
      type: Buffer.from('"string"'),
      optional: true,
      writeOnly: true,
    });
    expect(hex(encoded)).toBe(`0a01701208${hex(Buffer.from('"string"'))}28015801`);
  });

  test("a nested attribute", () => {
    const encoded = SchemaAttribute.encode({ name: "n", nestedType: { nesting: "LIST", attributes: [{ name: "x" }] } });
    expect(hex(encoded)).toBe("0a016e" + "5207" + "0a030a0178" + "1802");
  });

  test("a schema with its version", () => {
    expect(hex(Schema.encode({ version: 3, block: {} }))).toBe("08031200");
  });

  test("the client's capabilities", () => {
    expect(ClientCapabilities.decode(Buffer.from("08011001", "hex"))).toEqual({
      deferralAllowed: true,
      writeOnlyAttributesAllowed: true,
      storePlannedPrivate: false,
      computedBlocksAllowed: false,
    });
  });

  test("a path by the key of a map", () => {
    expect(AttributePath.decode(Buffer.from("0a0312016b", "hex"))).toEqual({
      steps: [{ selector: { elementKeyString: "k" } }],
    });
  });

  test("a plan that replaces", () => {
    const encoded = PROVIDER_RPCS.planResourceChange.response.encode({
      plannedState: { msgpack: new Uint8Array([0xc0]) },
      requiresReplace: [{ steps: [{ selector: { attributeName: "a" } }] }],
      plannedPrivate: new Uint8Array([1]),
    });
    expect(hex(encoded)).toBe("0a030a01c0" + "1205" + "0a030a0161" + "1a0101");
  });

  test("the moment to renew an ephemeral resource", () => {
    const { openEphemeralResource } = PROVIDER_RPCS;
    expect(hex(openEphemeralResource.response.encode({ renewAt: { seconds: 1, nanos: 2 } }))).toBe("120408011002");
  });
});
