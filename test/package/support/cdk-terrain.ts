/** Apps of CDK Terrain, made of those of CDKTF. */
import packageJson from "../../../package.json";

/** Where an app says which versions of Terraform it targets, when no command line passes on what cdktf.json says. */
export const TARGET_VERSIONS = {
  CDKTF_CONTEXT_JSON: JSON.stringify({ targetVersions: { terraform: ">=1.11", opentofu: ">=1.11" } }),
};

/** The same app with the imports that it has in CDK Terrain. */
export function inCdkTerrain(app: string): string {
  return app
    .replaceAll('from "cdktf"', 'from "cdktn"')
    .replace(/from "cdktf-ksvla(\/[\w-]+)?"/g, (text, below = "") => {
      const entry = `./cdktn${below}`;
      return Object.hasOwn(packageJson.exports, entry) ? `from "cdktf-ksvla/cdktn${below}"` : text;
    });
}
