import { ApiExtension } from '@nestjs/swagger';

/** Where the description of a call keeps its refusals until `describeOperations` has made answers of them. */
export const REFUSALS_EXTENSION = 'x-refusals';

/** When a call answers a status, by the status. */
export type Refusals = Readonly<Record<number, string>>;

/** Describes the statuses that a call refuses with beside those that follow from its parameters, its body and its scopes. */
export const Refuses = (refusals: Refusals) => ApiExtension(REFUSALS_EXTENSION, refusals);
