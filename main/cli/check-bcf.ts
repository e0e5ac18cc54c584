import { MAX_FINDING_TOPICS } from '#shared/io/bcf/findings-to-bcf.ts'
import type { ReportData } from '#shared/report/report-data.ts'
import { writeArchiveFile } from '../services/export/bcf-file.ts'
import { findingsArchive } from '../services/report/findings-archive.ts'
import { CliFailure } from './command.ts'

/**
 * What `check --bcf` writes: the findings as topics of BCF 2.1, which every coordination program reads.
 * @param modelFile Name of the IFC file with the objects that is written too.
 * @throws CliFailure where there are too many findings or the file cannot be written. No file is left then.
 */
export function writeFindingsBcf(output: string, data: ReportData, modelFile: string | null): void {
  const count = data.findings.length
  if (count > MAX_FINDING_TOPICS) throw new CliFailure('cli-bcf:tooManyFindings', { count, limit: MAX_FINDING_TOPICS })
  const bytes = findingsArchive(data, '2.1', modelFile)
  try {
    writeArchiveFile(output, bytes)
  } catch (cause) {
    throw new CliFailure('cli:cannotWrite', { file: output, reason: cause instanceof Error ? cause.message : String(cause) })
  }
}
