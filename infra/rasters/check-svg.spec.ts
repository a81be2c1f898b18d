import { checkSvg } from './check-svg';
import { pictureTypeOf } from './raster-source';
import { svgOfText } from './svg-of-text';

const svg = (inside: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" ${attributes}>${inside}</svg>`;
const refused = (text: string | Buffer) => {
  try {
    checkSvg(Buffer.from(text as string));
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
};

it.each<[string, string]>([
  ['a path', svg('<path d="M0 0L5 5"/>')],
  ['a gradient', svg('<linearGradient id="a"/><rect fill="url(#a)" width="5" height="5"/>')],
  ['styles', svg('<style>.a{fill:red}</style><g class="a"><rect width="5" height="5"/></g>')],
  ['a copy of a shape', svg('<g id="a"/><use href="#a"/>')],
  ['a picture inside', svg('<image href="data:image/png;base64,iVBORw0KGgo="/>')],
  ['a header', `<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by hand -->${svg('<g/>')}`],
  ['what editors leave', svg('<metadata><rdf:RDF xmlns:rdf="http://x"><cc:license rdf:resource="http://y"/></rdf:RDF></metadata>')],
])('takes an SVG with %s', (_, text) => {
  expect(refused(text)).toBeNull();
});

it.each<[string, string | Buffer, string?]>([
  ['a script', svg('<script>alert(1)</script>')],
  ['a script under another prefix', svg('<s:script xmlns:s="http://www.w3.org/2000/svg"/>')],
  ['an event handler', svg('<g/>', 'onload="alert(1)"')],
  ['HTML', svg('<foreignObject><p>a</p></foreignObject>')],
  ['an external picture', svg('<image href="http://127.0.0.1/a.png"/>')],
  ['a local file', svg('<image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="/etc/passwd"/>')],
  ['a link', svg('<a href="https://example.org"><g/></a>')],
  ['a hidden address', svg('<image href="&#102;ile:///etc/passwd"/>')],
  ['a picture that is another SVG', svg('<image href="data:image/svg+xml;base64,AAAA"/>')],
  ['an external style', svg('<style>@import url(http://a/b.css);</style>')],
  ['a hidden import', svg('<style>@im&#112;ort "http://a/b.css";</style>')],
  ['an escaped import', svg('<style>@\\69mport "http://a/b.css";</style>')],
  ['an external fill', svg('<rect fill="url(http://a/b#c)"/>')],
  ['an external fill in quotes', svg('<rect style="fill:url(\'http://a/b#c\')"/>')],
  ['a style sheet', `<?xml-stylesheet href="a.css"?>${svg('<g/>')}`],
  ['a document type', `<!DOCTYPE svg SYSTEM "a.dtd">${svg('<g/>')}`],
  ['entities', `<!DOCTYPE svg [<!ENTITY a "b">]>${svg('<g/>')}`],
  ['another encoding', `<?xml version="1.0" encoding="UTF-7"?>${svg('<g/>')}`],
  ['bytes that are no UTF-8', Buffer.from([0x3c, 0xff, 0xfe])],
  ['no end', '<svg xmlns="http://www.w3.org/2000/svg"><g>', 'WatermarkUnreadable'],
  ['another root', '<html><body/></html>', 'WatermarkUnreadable'],
])('refuses an SVG with %s', (_, text, code = 'WatermarkUnsafe') => {
  expect(refused(text)).toBe(code);
});

describe('a text', () => {
  it('becomes outlines, and no part of it markup', () => {
    const drawn = svgOfText('<script>&"\' © Ωж');
    expect(refused(drawn)).toBeNull();
    expect(drawn).not.toMatch(/script|©|<text/);
    expect(svgOfText('Acme')).toBe(svgOfText('Acme'));
  });

  it.each(['\u{1f3ac}', '漢字', 'مرحبا', 'שלום', 'a\u0301'])('refuses %s, which the font does not draw', (text) => {
    expect(() => svgOfText(text)).toThrow(expect.objectContaining({ code: 'WatermarkTextUnsupported' }));
  });
});

it('tells formats apart by their first bytes', () => {
  const types = [
    Buffer.from('89504e470d0a1a0a', 'hex'),
    Buffer.from('ffd8ffe0', 'hex'),
    Buffer.from('\ufeff <svg'),
    Buffer.from('GIF89a'),
    Buffer.alloc(0),
  ];
  expect(types.map(pictureTypeOf)).toEqual(['image/png', 'image/jpeg', 'image/svg+xml', null, null]);
});
