/** Where guides show the package's version: in quotes, as in `required_providers`, and as a mirror's index. */
export function renumbered(text: string, from: string, to: string): string {
  return text.replaceAll(`"${from}"`, `"${to}"`).replaceAll(`\`${from}.json\``, `\`${to}.json\``);
}
