import { searchCrs } from '../services/crs/crs-search.ts'
import type { Handlers } from './handler.ts'

export const crsHandlers: Pick<Handlers, 'crs.search'> = {
  'crs.search': ({ text }) => ({ matches: searchCrs(text) }),
}
