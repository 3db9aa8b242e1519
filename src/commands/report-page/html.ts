/** Text of a page that is safe where it stands: made by `html` alone. */
export interface Html {
  readonly html: string;
}

type Inlet = string | number | Html | readonly Html[];

/** A template whose values are escaped unless they are Html themselves. */
export function html(strings: TemplateStringsArray, ...inlets: readonly Inlet[]): Html {
  const text = strings.reduce((whole, part, index) => {
    const inlet = inlets[index - 1];
    return whole + (inlet === undefined ? '' : textOf(inlet)) + part;
  });
  return { html: text };
}

function textOf(inlet: Inlet): string {
  if (typeof inlet === 'string' || typeof inlet === 'number') return escaped(String(inlet));
  return 'html' in inlet ? inlet.html : inlet.map(({ html: text }) => text).join('');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// Marks that reorder or hide text are shown by number: what stands there came from a machine.
const HIDES =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

function escaped(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
    .replace(HIDES, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** What was made safe elsewhere, such as a style sheet of ours. */
export const trustedHtml = (text: string): Html => ({ html: text });
