import { bulkHandler } from '@/app/api/ingest/elasticsearch/bulk-handler'

export const POST = bulkHandler
export const PUT = bulkHandler
