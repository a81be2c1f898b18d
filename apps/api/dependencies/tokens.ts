/** Injection tokens of what is no class of ours. */
export const API_CONFIG = Symbol('API_CONFIG');
export const PRESET_TABLE = Symbol('PRESET_TABLE');
export const DATABASE = Symbol('DATABASE');
export const TEMPORAL_CLIENT = Symbol('TEMPORAL_CLIENT');
