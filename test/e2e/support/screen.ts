/** Terraform wraps its messages at the screen's width and frames them; this makes one line of text of it. */
export function flatten(output: string): string {
  return output.replaceAll(/[│╷╵]/g, " ").replaceAll(/\s+/g, " ");
}
