import type { NextFunction, Request, Response } from 'express';
import { Problem } from '../problems/problem';

/** A field of this name sets the prototype of an object in JavaScript, so schemas leave it out without a word. */
const NAME = '__proto__';

/** Refuses requests with a field of that name, in their body at any depth or in their query. */
export function refuseProtoNames({ body, query }: Request, _response: Response, next: NextFunction): void {
  if (Object.keys(query).some((name) => name.split('.').includes(NAME)) || hasName(body))
    throw new Problem(422, 'ValidationFailed', `Correct the request: ${NAME} is no name that a field or a key may have.`);
  next();
}

/** Without recursion: a body may be nested deeper than the stack. */
function hasName(body: unknown): boolean {
  const found = [body];
  for (const value of found) {
    if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) continue;
    if (Object.hasOwn(value, NAME)) return true;
    for (const inner of Object.values(value) as unknown[]) found.push(inner);
  }
  return false;
}
