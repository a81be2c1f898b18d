import registry from 'language-subtag-registry/data/json/index.json';
import { UNDETERMINED } from '../../temporal/contract/media/language-name';

/** Codes of ISO 639-2 for local use, which the registry names as one range. */
const LOCAL_USE = /^q[a-t][a-z]$/;

/**
 * The canonical form of a language tag (RFC 5646 4.5), such as `pt-BR` for `PT-br` and `de` for `ger`; null for one that is not
 * well-formed or has a subtag that the registry of IANA does not know.
 */
export function canonicalLanguage(tag: string): string | null {
  const canonical = wellFormed(tag.trim());
  if (canonical === null) return null;
  const [language = '', ...others] = canonical.toLowerCase().split('-');
  // Extensions and subtags for private use follow a singleton and are not registered (RFC 5646 2.2.6).
  const singleton = others.findIndex((subtag) => subtag.length === 1);
  const registered = singleton === -1 ? others : others.slice(0, singleton);
  const isLanguage = LOCAL_USE.test(language) || typesOf(language).includes('language');
  return isLanguage && registered.every((subtag) => typesOf(subtag).some((type) => type !== 'language')) ? canonical : null;
}

/** The same for the tag of a track of a source: null where the language is not known, or is none. */
export function knownLanguage(tag: string | null): string | null {
  const language = tag === null ? null : canonicalLanguage(tag);
  return language === UNDETERMINED ? null : language;
}

function typesOf(subtag: string): string[] {
  const types: Readonly<Record<string, object>> = registry;
  return Object.hasOwn(types, subtag) ? Object.keys(types[subtag] ?? {}) : [];
}

function wellFormed(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
