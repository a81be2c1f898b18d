import { Problem } from '../problems/problem';
import { refusedItem } from './refused-item';

it('names the item and the field of a refusal', () => {
  const problem = new Problem(422, 'SourceRefused', 'The port is not open.', { extensions: { field: 'source_url' } });
  expect(refusedItem(problem, 3)).toMatchObject({
    ...{ status: 422, code: 'SourceRefused', detail: 'items[3].source_url: The port is not open.' },
    options: { extensions: { field: 'items[3].source_url', item: 3 } },
  });
});

it('names the item alone where several fields are at fault, and keeps what the answer says beside it', () => {
  const problem = new Problem(429, 'TooMany', 'Wait.', { headers: { 'Retry-After': '5' }, extensions: { limit: 2 } });
  expect(refusedItem(problem, 0)).toMatchObject({
    detail: 'items[0]: Wait.',
    options: { headers: { 'Retry-After': '5' }, extensions: { limit: 2, field: 'items[0]', item: 0 } },
  });
});
