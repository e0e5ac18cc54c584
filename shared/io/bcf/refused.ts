/** Why an archive is not read or written. Each has a text in `cli-bcf:refused.<code>`. */
export const BCF_REFUSALS = [
  'not_zip', 'zip_broken', 'zip_encrypted', 'zip_unsupported', 'too_large', 'too_many_files', 'expands_too_much', 'bad_name', 'duplicate_name',
  'not_bcf', 'version_unknown', 'xml_broken', 'xml_doctype', 'xml_too_deep', 'xml_too_large', 'wrong_root', 'no_topic', 'too_many_topics',
] as const
export type BcfRefusal = (typeof BCF_REFUSALS)[number]

/** The archive is wrong as a whole: nothing of it is used. `detail` is a name, a figure or the parser's own words. */
export class BcfRefused extends Error {
  override readonly name = 'BcfRefused'
  readonly code: BcfRefusal
  /** File inside the archive; empty where the archive itself is meant. */
  readonly file: string
  readonly detail: string
  constructor(code: BcfRefusal, file = '', detail: string | number = '') {
    super(`${code} ${file} ${detail}`.trim())
    this.code = code
    this.file = file
    this.detail = String(detail)
  }
}

/** What was noticed about an archive that can be used. Each has a text in `cli-bcf:notice.<code>`. */
export const BCF_NOTICES = [
  'part_missing', 'guid_missing', 'duplicate_guid', 'reference_outside', 'version_assumed', 'schema_unreadable',
  'kept_aside', 'filled_in', 'file_moved', 'camera_missing', 'snapshot_missing', 'loose_viewpoint',
] as const
export type BcfNoticeCode = (typeof BCF_NOTICES)[number]

export interface BcfNotice {
  readonly code: BcfNoticeCode
  readonly severity: 'info' | 'warning'
  /** File inside the archive, and within it the element. */
  readonly ref: string
}
