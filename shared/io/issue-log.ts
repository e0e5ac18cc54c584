import type { Issue, IssueCode, IssueSeverity } from '../core/issues.ts'

/** Collects what an importer notices. One log per import: its order is the order of the source. */
export class IssueLog {
  readonly issues: Issue[] = []

  add(code: IssueCode, severity: IssueSeverity, ref?: string, context?: Readonly<Record<string, string | number>>): void {
    this.issues.push({ code, severity, ...(ref !== undefined && { ref }), ...(context && { context }) })
  }

  addAll(issues: Iterable<Issue>): void {
    for (const issue of issues) this.issues.push(issue)
  }
}

/** A source that is wrong as a whole: nothing of it is used. Caught at the reader's edge and turned into its issue. */
export class SourceRefused extends Error {
  override readonly name = 'SourceRefused'
  readonly issue: Issue
  constructor(code: IssueCode, context: Readonly<Record<string, string | number>>, ref?: string) {
    super(code)
    this.issue = { code, severity: 'error', context, ...(ref !== undefined && { ref }) }
  }
}
