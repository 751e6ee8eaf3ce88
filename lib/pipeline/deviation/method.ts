/**
 * Of the method by which stored events are read, matched, compared and scored. Raised with each change after which the same events would have other
 * patterns or scores (method.test.ts notices): whatever is stored is computed anew by the new method as soon as somebody computes.
 */
export const METHOD = 17
