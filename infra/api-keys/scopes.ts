/** What an API key may be allowed to do. */
export const SCOPES = ['videos:read', 'videos:write', 'moderate', 'operate', 'admin'] as const;

export type Scope = (typeof SCOPES)[number];

/** Whether a holder of `held` may do what one of `wanted` allows; `admin` includes all. */
export function allows(held: readonly Scope[], wanted: readonly Scope[]): boolean {
  return held.includes('admin') || wanted.some((scope) => held.includes(scope));
}

/** A key with `admin` can make any other key, so one that is limited to a creator would not be limited. */
export function isEscalating({ scopes, creatorId }: { scopes: readonly Scope[]; creatorId: string | null }): boolean {
  return creatorId !== null && scopes.includes('admin');
}
