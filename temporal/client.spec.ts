import { staticSummary } from './client';

it('shows title and size', () => {
  expect(staticSummary('A film', 12_345_678)).toBe('A film (12.3 MB)');
});

it('stays within the limit of a summary and cuts no character in two', () => {
  const summary = staticSummary('🎬'.repeat(300), 1e6);
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(400);
  expect(summary).toMatch(/^(🎬)+ \(1\.0 MB\)$/u);
});
