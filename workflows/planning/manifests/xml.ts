type Attributes = Record<string, string | number | boolean>;

/** The start tag of an element. */
export function element(name: string, attributes: Attributes): string {
  return `<${name}${attributeText(attributes)}>`;
}

/** An element without content. */
export function empty(name: string, attributes: Attributes): string {
  return `<${name}${attributeText(attributes)}/>`;
}

/** An element whose content is text. */
export function textElement(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}

function attributeText(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
