/** Paths on the Integration Server, which runs on Windows or on Linux. */

const POSIX = /^\//;
const DRIVE = /^[A-Za-z]:[\\/]/;
const SHARE = /^\\\\[^\\]+\\[^\\]+\\/;

/** Validator: the absolute path of an XML file, as POSIX or Windows systems write it. */
export function manifestPath(text: string): string | undefined {
  const isAbsolute = [POSIX, DRIVE, SHARE].some((form) => form.test(text));
  if (isAbsolute && /[^\\/]\.xml$/i.test(text)) return undefined;
  return `must be the absolute path of an .xml file, such as "/opt/images/svm.xml" or "C:\\images\\svm.xml", got: "${text}"`;
}
