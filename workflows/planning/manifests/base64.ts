/** RFC 4648 4, for code that has neither `Buffer` nor `btoa`. */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let offset = 0; offset < bytes.length; offset += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(offset, offset + 3);
    const digits = [a >> 2, ((a & 3) << 4) | (b >> 4), ((b & 15) << 2) | (c >> 6), c & 63].map((digit) => DIGITS.charAt(digit)).join('');
    text += digits.slice(0, Math.min(3, bytes.length - offset) + 1).padEnd(4, '=');
  }
  return text;
}

export function bytesOfBase64(text: string): Uint8Array {
  const digits = [...text.replace(/=+$/, '')].map((digit) => DIGITS.indexOf(digit));
  const bytes = new Uint8Array(Math.floor((digits.length * 6) / 8));
  for (let index = 0; index < bytes.length; index++) {
    const place = Math.floor((index * 8) / 6);
    const shift = (index * 8) % 6;
    const pair = ((digits[place] ?? 0) << 6) | (digits[place + 1] ?? 0);
    bytes[index] = (pair >> (4 - shift)) & 0xff;
  }
  return bytes;
}
