import { useState, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes } from 'react'
import './controls.css'

interface FieldProps {
  readonly label: string
  readonly inline?: boolean
  readonly children: ReactNode
}

/** A control with its label: above it, or before it where `inline`. */
export const Field = ({ label, inline = false, children }: FieldProps) => (
  <label className={`field ${inline ? 'field--inline' : ''}`}>
    <span className="field__label">{label}</span>
    {children}
  </label>
)

interface SelectProps<T extends string> extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'value' | 'onChange'> {
  readonly value: T
  readonly options: readonly SelectOption<T>[]
  readonly onChange: (value: T) => void
}

interface SelectOption<T extends string> {
  readonly value: T
  readonly label: string
  /** Heading it is listed under, with those beside it that have the same. */
  readonly group?: string
}

/** Options in a row that share a heading; those without one stand by themselves. */
function byHeading<T extends string>(options: readonly SelectOption<T>[]): (readonly SelectOption<T>[])[] {
  const runs: SelectOption<T>[][] = []
  for (const option of options) {
    const last = runs.at(-1)
    if (last && last[0]!.group === option.group) last.push(option)
    else runs.push([option])
  }
  return runs
}

/** The browser's own list: keyboard, touch and screen readers for nothing. */
export function Select<T extends string>({ value, options, onChange, className = '', ...rest }: SelectProps<T>) {
  return (
    <select
      className={`input select ${className}`}
      value={value}
      onChange={event => {
        const chosen = options.find(option => option.value === event.target.value)
        if (chosen) onChange(chosen.value)
      }}
      {...rest}
    >
      {byHeading(options).map(run => {
        const listed = run.map(option => <option key={option.value} value={option.value}>{option.label}</option>)
        return run[0]!.group === undefined ? listed : <optgroup key={run[0]!.group} label={run[0]!.group}>{listed}</optgroup>
      })}
    </select>
  )
}

type InputProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'defaultValue'>

interface TextInputProps extends InputProps {
  readonly value: string
  /** Called once per edit: on Enter or on leaving the field, and only where the text changed. */
  readonly onCommit: (value: string) => void
}

/** Text that is committed once: Enter or leaving the field commits, Escape takes the edit back. */
export function TextInput({ value, onCommit, className = '', ...rest }: TextInputProps) {
  const [draft, setDraft] = useState<string | null>(null)
  return (
    <input
      {...rest}
      className={`input ${className}`}
      value={draft ?? value}
      onChange={event => setDraft(event.target.value)}
      onBlur={() => {
        if (draft !== null && draft !== value) onCommit(draft)
        setDraft(null)
      }}
      onKeyDown={event => commitKeys(event, () => setDraft(null))}
    />
  )
}

interface NumberInputProps extends InputProps {
  readonly value: number | null
  readonly decimals: number
  readonly min?: number
  readonly max?: number
  readonly unit?: string
  readonly onCommit: (value: number) => void
  /** The field was emptied; where absent an empty field is wrong. */
  readonly onClear?: () => void
}

/** A figure that is committed once; what is not a number in range is shown as wrong, with the range, and not taken. */
export function NumberInput({ value, decimals, min = -Infinity, max = Infinity, unit, onCommit, onClear, className = '', ...rest }: NumberInputProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const shown = value === null ? '' : value.toFixed(decimals)
  const parsed = draft === null ? value : parseFigure(draft)
  const isCleared = onClear !== undefined && draft?.trim() === ''
  const isWrong = draft !== null && !isCleared && (parsed === null || parsed < min || parsed > max)
  return (
    <span className={`number ${unit ? 'number--unit' : ''} ${className}`}>
      <input
        {...rest}
        className="input input--figure"
        inputMode="decimal"
        aria-invalid={isWrong}
        value={draft ?? shown}
        onChange={event => setDraft(event.target.value)}
        onFocus={event => event.target.select()}
        onBlur={() => {
          if (isCleared && value !== null) onClear()
          else if (draft !== null && !isWrong && parsed !== null && draft !== shown) onCommit(parsed)
          setDraft(null)
        }}
        onKeyDown={event => {
          // Enter on a wrong figure would put the old one back without a word.
          if (!(isWrong && event.key === 'Enter')) commitKeys(event, () => setDraft(null))
        }}
      />
      {unit && <span className="number__unit">{unit}</span>}
      {isWrong && (Number.isFinite(min) || Number.isFinite(max)) && <span className="number__range" role="alert">{rangeText(min, max)}{unit && ` ${unit}`}</span>}
    </span>
  )
}

/** What a figure may be, in signs that need no language. At least one end is finite. */
export function rangeText(min: number, max: number): string {
  const text = (value: number): string => String(Number(value.toFixed(6))).replace('-', '\u2212')
  if (!Number.isFinite(max)) return `≥ ${text(min)}`
  return Number.isFinite(min) ? `${text(min)} … ${text(max)}` : `≤ ${text(max)}`
}

/** Reads a typed figure; the comma and the true minus are taken as people type them. Null where it is none. */
export function parseFigure(text: string): number | null {
  const plain = text.trim().replace(/\u2212/g, '-').replace(/[\u2009\u00a0 ]/g, '').replace(',', '.')
  if (plain === '') return null
  const value = Number(plain)
  return Number.isFinite(value) ? value : null
}

function commitKeys(event: React.KeyboardEvent<HTMLInputElement>, revert: () => void): void {
  // An input method confirms a Chinese word with Enter: that is no commit.
  if (event.nativeEvent.isComposing) return
  if (event.key === 'Enter') event.currentTarget.blur()
  if (event.key === 'Escape') {
    event.stopPropagation()
    revert()
  }
}
