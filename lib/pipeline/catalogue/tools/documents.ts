import type { Piece } from './tool-use'

/** Documents where people keep them, and so the business of whoever is told them: as many as there are, of a few kinds. Code keeps its name, and so does what products bring. */
const DOCUMENT =
  /^(<(?:root-folder|drive-root|user-profile|documents|desktop|downloads)>\\)\S.*(\.(?:csv|tsv|txt|log|xlsx?|docx?|pptx?|pdf|rtf|od[pst]|dwg|dxf|jpe?g|png|gif|bmp|tiff?|mht(?:ml)?|msg|eml))$/

/** A path to a document is told apart by its kind alone. */
export function withoutDocumentName<P extends Piece>(piece: P): P {
  return piece.kind === 'path' ? { ...piece, text: piece.text.replace(DOCUMENT, '$1*$2') } : piece
}
