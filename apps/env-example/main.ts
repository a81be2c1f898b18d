import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { sprocketEnvExample } from './settings-sections';

writeFileSync(join(projectRoot(), '.env.example'), sprocketEnvExample());
