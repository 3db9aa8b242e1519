/** Go's toLowerCaseASCII: other letters than A to Z stay. */
export const lowerCase = (text: string): string =>
  text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
