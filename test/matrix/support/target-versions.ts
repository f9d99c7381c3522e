/** What CDK Terrain's command line takes from `targetVersions` of cdktf.json. */
process.env["CDKTF_CONTEXT_JSON"] = JSON.stringify({ targetVersions: { terraform: ">=1.11", opentofu: ">=1.11" } });
