import { isUtf8 } from 'node:buffer';
import { XMLParser } from 'fast-xml-parser';
import { RasterRefused } from './raster-refused';

/** Elements that run code, play, or hold a document of another kind (SVG 2, 13.8 and 7.9). */
const REFUSED_ELEMENTS = /^(script|foreignobject|iframe|object|embed|audio|video|canvas|handler|listener|animate\w*|set|discard)$/i;

/** A picture inside the text, which names nothing outside of it. */
const EMBEDDED_PICTURE = /^data:image\/(png|jpeg);base64,/i;

type Node = Record<string, unknown>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  allowBooleanAttributes: false,
});

/**
 * Refuses an SVG that could do anything but draw: it is drawn once by a library that runs no scripts, and still nothing that reads, runs or
 * multiplies gets that far. Throws {@link RasterRefused}.
 */
export function checkSvg(bytes: Uint8Array): void {
  const text = isUtf8(bytes) ? Buffer.from(bytes).toString('utf8') : null;
  // A declared encoding would be read in place of the one that is checked here.
  const encoding = /^\ufeff?\s*<\?xml[^>]*encoding\s*=\s*["']([^"']*)/i.exec(text ?? '')?.[1] ?? 'utf-8';
  if (text === null || !/^(utf-8|us-ascii)$/i.test(encoding)) throw unsafe('is not in UTF-8');
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw unsafe('declares a document type or entities');
  if (/<\?xml-stylesheet/i.test(text)) throw unsafe('names a style sheet');
  const nodes = parsed(text);
  if (!nodes.some((node) => 'svg' in node || 'svg:svg' in node)) throw new RasterRefused('WatermarkUnreadable', 'The file is no SVG.');
  nodes.forEach(checkNode);
}

function parsed(text: string): Node[] {
  try {
    return parser.parse(text, true) as Node[];
  } catch {
    throw new RasterRefused('WatermarkUnreadable', 'The SVG is not well-formed XML, or nested too deeply; export it again.');
  }
}

function checkNode(node: Node): void {
  for (const [name, content] of Object.entries(node)) {
    if (name === ':@') Object.entries(content as Record<string, string>).forEach(([key, value]) => checkAttribute(key, value));
    else if (name === '#text') checkStyle(String(content));
    else {
      if (REFUSED_ELEMENTS.test(localName(name))) throw unsafe(`has an element ${localName(name).slice(0, 20)}, which does more than draw`);
      (content as Node[]).forEach(checkNode);
    }
  }
}

function checkAttribute(name: string, value: string): void {
  if (/^on/i.test(localName(name))) throw unsafe('has event handlers');
  const address = withCharacters(value).trim();
  if (/^(href|src)$/i.test(localName(name)) && !address.startsWith('#') && !EMBEDDED_PICTURE.test(address))
    throw unsafe('names other files');
  checkStyle(value);
}

/** CSS escapes could hide either word (CSS Syntax 4.3.7). */
function checkStyle(markup: string): void {
  const text = withCharacters(markup);
  const names = [...text.matchAll(/url\(\s*["']?([^"')]*)/gi)].map((match) => match[1] ?? '');
  const isEscaped = /\\/.test(text) && /url|import|[{:]/i.test(text);
  if (/@import/i.test(text) || isEscaped || names.some((name) => !name.startsWith('#') && !EMBEDDED_PICTURE.test(name))) {
    throw unsafe('names other files in its styles');
  }
}

/** Character references (XML 1.0, 4.1) become what they stand for. */
function withCharacters(text: string): string {
  return text.replace(/&#(x?)([0-9a-f]{1,6});/gi, (all, hexadecimal: string, digits: string) => {
    const code = parseInt(digits, hexadecimal ? 16 : 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function unsafe(fault: string): RasterRefused {
  return new RasterRefused('WatermarkUnsafe', `The SVG ${fault}; export it as a plain drawing, or send a PNG.`);
}
