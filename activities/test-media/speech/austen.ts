import { join } from 'node:path';
import { projectRoot } from '../../../infra/stack/setup/project-root';

/** A human voice; LICENCE.md beside it says whose. */
export const AUSTEN = {
  path: join(projectRoot(), 'activities', 'test-media', 'speech', 'austen.opus'),
  text:
    'And Mister John Dashwood had then leisure to consider how much there might be prudently in his power to do for them. ' +
    'He was not an ill-disposed young man, unless to be rather cold-hearted and rather selfish is to be ill-disposed. ' +
    'Had he married a more amiable woman, he might have been made still more respectable than he was. ' +
    'He might even have been made amiable himself.',
} as const;
