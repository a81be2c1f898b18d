/** Runs `work` while no other process on this machine runs work under the same name. */
export function exclusively<T>(name: string, onWait: () => void, work: () => Promise<T>): Promise<T>;
