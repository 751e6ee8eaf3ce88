import { PreviewAnswer, PreviewQuery } from '@/app/api/catalogue/preview/preview-contract'
import {
  SigmaLoadAnswer,
  SigmaLoadQuery,
  SigmaPreviewAnswer,
  SigmaQuery,
} from '@/app/api/sigma/sigma-contract'
import { answer, FAILURES, FILE_BODY, type Json, queryParameters, signedIn } from './parts'
import { Failure } from './schemas'

/** What administrators see before they load it. */
export function adminPaths(): Json {
  return {
    '/api/sigma/preview': {
      post: {
        ...signedIn(
          'previewSigmaRules',
          'What loading Sigma rules would do: a zip, or {"files": [{"path", "text"}]} as JSON. Changes nothing.',
          'administrators',
        ),
        parameters: queryParameters(SigmaQuery),
        requestBody: FILE_BODY,
        responses: { '200': answer('The difference', SigmaPreviewAnswer), ...FAILURES },
      },
    },
    '/api/sigma/load': {
      post: {
        ...signedIn(
          'loadSigmaRules',
          'Load the Sigma rules that were previewed; past days are computed again.',
          'administrators',
        ),
        parameters: queryParameters(SigmaLoadQuery),
        requestBody: FILE_BODY,
        responses: {
          '200': answer('Loaded', SigmaLoadAnswer),
          '409': answer('The rules were changed since the preview', Failure),
          ...FAILURES,
        },
      },
    },
    '/api/catalogue/preview': {
      post: {
        ...signedIn(
          'previewLolbas',
          'What adding a LOLBAS file (JSON, YAML or a zip of them) to the catalogue would bring; changes nothing.',
          'administrators',
        ),
        parameters: queryParameters(PreviewQuery),
        requestBody: FILE_BODY,
        responses: { '200': answer('The difference', PreviewAnswer), ...FAILURES },
      },
    },
  }
}
