import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Problem } from '../problems/problem';
import { presentedKey } from './api-key.guard';
import { KnownKeys } from './known-keys';

const LOOK_EVERY_MS = 30_000;

/** Ends streams whose key is not valid any more. */
@Injectable()
export class OpenStreams {
  constructor(private readonly known: KnownKeys) {}

  /** Looks at the key twice a minute until the response has ended. A database that is away ends nothing. */
  watch(request: Request, response: Response): void {
    const key = presentedKey(request);
    if (key === '') return;
    const look = async () => {
      try {
        if (!(await this.known.callerOf(key))) response.end();
      } catch (error) {
        if (error instanceof Problem) response.end();
      }
    };
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    response.once('close', () => clearInterval(timer));
  }
}
