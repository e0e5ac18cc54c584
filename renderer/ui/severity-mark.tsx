/**
 * Severity told by shape, fill and colour (never colour alone; the word stands beside it):
 * an octagon is mandatory, a triangle advisory; filled is certain, outlined possible, dashed and faint is clear.
 */
interface SeverityMarkProps {
  readonly mandatory: boolean
  readonly verdict: 'certain' | 'possible' | 'clear'
  /** Where no word of it stands beside the mark. */
  readonly label?: string
  readonly size?: number
}

const OCTAGON = 'M5 1.5h6L14.5 5v6L11 14.5H5L1.5 11V5Z'
const TRIANGLE = 'M8 1.8 15 14H1Z'

export function SeverityMark({ mandatory, verdict, label, size = 14 }: SeverityMarkProps) {
  return (
    <svg
      className={`severity severity--${verdict === 'clear' ? 'clear' : mandatory ? 'mandatory' : 'advisory'}`}
      viewBox="0 0 16 16" width={size} height={size} {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      <path
        d={mandatory ? OCTAGON : TRIANGLE}
        fill={verdict === 'certain' ? 'currentColor' : 'none'}
        stroke="currentColor" strokeWidth="1.8" strokeLinejoin="round"
        strokeDasharray={verdict === 'clear' ? '2.5 2' : undefined}
      />
    </svg>
  )
}
