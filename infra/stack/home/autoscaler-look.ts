import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { StackHome } from './stack-home';
import { writeJson } from './write-json';

const lookSchema = z.object({
  pid: z.number().int(),
  lookedAtMs: z.number(),
  workers: z.array(z.object({ name: z.string(), queue: z.string(), slots: z.number().int(), pid: z.number().int(), state: z.string() })),
});

/** What the autoscaler saw when it last looked: it works, and these are the workers it has added. */
export type AutoscalerLook = z.infer<typeof lookSchema>;

export function writeLook(home: StackHome, look: AutoscalerLook): void {
  writeJson(home.stateFile('autoscaler-look'), look);
}

/** Null before the first look. */
export function readLook(home: StackHome): AutoscalerLook | null {
  const file = home.stateFile('autoscaler-look');
  return existsSync(file) ? lookSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
}
