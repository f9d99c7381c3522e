/** The one place where TypeScript's camelCase and Terraform's snake_case meet. */

/** `volumeTypeId` → `volume_type_id` */
export function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `volume_type_id` → `volumeTypeId` */
export function toCamelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
