import { cleanText } from './clean-text';

/** Extensions that may end an object key; any other file is stored as `bin` and recognised by its content. */
const EXTENSIONS = new Set(
  (
    '3g2 3gp asf avi dv f4v flv gxf ivf m2t m2ts m2v m4v mjpeg mkv mov mp4 mpe mpeg mpg mts mxf ogg ogm ogv qt rm rmvb ' +
    'ts vob webm wmv wtv y4m'
  ).split(' '),
);
const MAX_CHARS = 255;

/**
 * The base name of what a client calls its file: folders of either kind of path, control characters and
 * characters that reorder text go. Null when nothing is left. For display only.
 */
export function displayFileName(filename: string): string | null {
  const base = filename.split(/[/\\]/).pop() ?? '';
  const shown = cleanText(base, MAX_CHARS);
  return shown === '' || shown === '.' || shown === '..' ? null : shown;
}

/** The extension for the object key. */
export function keyExtension(filename: string): string {
  const extension = /\.([A-Za-z0-9]{1,5})$/.exec(filename)?.[1]?.toLowerCase() ?? '';
  return EXTENSIONS.has(extension) ? extension : 'bin';
}
