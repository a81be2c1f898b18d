import { carriesMarks } from './stray-processes';

const ENVIRONMENT = ['PATH=/bin', 'SPROCKET_STACK=/a/b', 'SPROCKET_SERVICE=worker', ''].join('\0');

describe('carriesMarks', () => {
  it.each([
    ['/a/b', undefined, true],
    ['/a/b', 'worker', true],
    ['/a/b', 'work', false],
    ['/a', undefined, false],
    ['/a/b/c', undefined, false],
  ])('stack %s, service %s: %s', (folder, service, expected) => {
    expect(carriesMarks(ENVIRONMENT, folder, service)).toBe(expected);
  });
});
