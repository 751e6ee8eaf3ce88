import { elasticsearchAnswer, toElasticsearchFailure } from '@/lib/http/elasticsearch'
import { shipperHandler } from '@/lib/http/shipper-handler'

/** A version that every shipper in use accepts. */
const BANNER = {
  name: 'cordon',
  cluster_name: 'cordon',
  cluster_uuid: 'cordon',
  version: { number: '8.9.0', build_flavor: 'default', build_type: 'tar', lucene_version: '9.7.0' },
  tagline: 'You Know, for Search',
}

/** What shippers ask before they send: HEAD too. */
export const GET = shipperHandler(toElasticsearchFailure, async () =>
  elasticsearchAnswer(JSON.stringify(BANNER)),
)
