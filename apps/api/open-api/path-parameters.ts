import type { OpenAPIObject } from '@nestjs/swagger';

type ParameterObject = Extract<NonNullable<NonNullable<OpenAPIObject['paths'][string]['get']>['parameters']>[number], { in: string }>;

interface PathParameter {
  description: string;
  pattern: string;
  example: string;
}

/** A ULID as the API makes them, in either case. */
const ID_PATTERN = '^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$';
const EXAMPLE_ID = '01KB3QW1T0V9E4X7M2C6Y8D5RA';

/** Every name that stands for a part of a path. */
const PATH_PARAMETERS: Readonly<Record<string, PathParameter>> = {
  id: { description: 'As the call that made it has answered', pattern: ID_PATTERN, example: EXAMPLE_ID },
  subtitleId: { description: 'Of the list of subtitles', pattern: ID_PATTERN, example: EXAMPLE_ID },
  batchId: { description: 'Of POST /videos/ingest/batch', pattern: ID_PATTERN, example: EXAMPLE_ID },
  codec: { description: 'A codec family', pattern: '^[a-z0-9-]+$', example: 'av1' },
  number: { description: 'Counted from 1', pattern: '^[1-9][0-9]*$', example: '1' },
  token: { description: 'Of POST /videos/{id}/playback-token', pattern: '^[A-Za-z0-9._-]+$', example: 'token' },
  path: { description: 'Name below the video', pattern: '^[^?#]+$', example: 'manifest.m3u8' },
};

/** The parameters of an operation, those of its path with a pattern and an example. A path parameter without a row in the table has none. */
export function describeParameters(parameters: readonly ParameterObject[]): ParameterObject[] {
  return parameters.map((parameter) => {
    const known = parameter.in === 'path' && Object.hasOwn(PATH_PARAMETERS, parameter.name) ? PATH_PARAMETERS[parameter.name] : undefined;
    if (!known) return parameter;
    const { description, pattern, example } = known;
    return { description, ...parameter, example, schema: { type: 'string', pattern, ...parameter.schema } };
  });
}
