import type { JobControl } from '../../core/job.ts'
import type { TextOf } from './survey-tables.ts'

/** What a writer is told beyond the network. */
export interface FormatTerms {
  /** Name of the project, for headings; no path. */
  readonly name: string
  readonly textOf: TextOf
  readonly job: JobControl
  /** Guid of an object as IFC writes it, the same in every file of this project. */
  readonly ifcGuidOf: (...words: readonly string[]) => string
  /** When the file is made, ISO 8601. */
  readonly at: string
  /** DXF: lines in plan with their figures as texts instead of lines in space. */
  readonly plan: boolean
  /** IFC: the site's placement carries the coordinates and the map conversion is nothing, so that cameras in project coordinates fit the model. */
  readonly isInWorld?: boolean
}

/** Every how many records a writer reports and asks whether to go on. */
const PROGRESS_EVERY = 500

/** Passes the items on, reporting how far they are. */
export function* counted<T>(items: Iterable<T>, total: number, job: JobControl): Generator<T> {
  let done = 0
  for (const item of items) {
    if (done % PROGRESS_EVERY === 0) {
      job.progress(total === 0 ? null : done / total, 'cli-export:stage.writing')
      job.throwIfCancelled()
    }
    done++
    yield item
  }
}
