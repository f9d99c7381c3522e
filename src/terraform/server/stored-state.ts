/** Stored states: JSON with Terraform's names, from this version of a schema or an older one. */
import { DiagnosticError } from "../diagnostics";
import type { RawState } from "../protocol/tfplugin6";
import { ctyTypeOfAttributes } from "../schema/cty-type";
import { withoutWriteOnly } from "../schema/objects";
import type { Attributes } from "../schema/types";
import { fromJson, parseJson } from "../values/json";
import { isRecord, type ObjectValue } from "../values/value";

/** The JSON of a stored state. */
export function rawStateJson(state: RawState | undefined): Readonly<Record<string, unknown>> {
  if (state !== undefined && state.json.length > 0) {
    const raw = parseJson(new TextDecoder().decode(state.json));
    if (isRecord(raw)) return raw;
  }
  throw new DiagnosticError(
    "Unable to read the stored state",
    "The state is not in the form that Terraform 0.12 and later write. Let that version of Terraform that wrote it, or one soon after, write it anew.",
  );
}

/** The state that JSON stands for: attributes that the schema no longer has are dropped, new ones are null. */
export function stateFromJson(attributes: Attributes, raw: Readonly<Record<string, unknown>>): ObjectValue {
  const state = fromJson(ctyTypeOfAttributes(attributes), raw, "lenient");
  return withoutWriteOnly(attributes, isRecord(state) ? state : {});
}
