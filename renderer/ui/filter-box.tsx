import { Search, X } from 'lucide-react'

interface FilterBoxProps {
  readonly value: string
  readonly placeholder: string
  readonly clearLabel: string
  readonly onChange: (value: string) => void
}

/** Narrows a list while typing; Escape empties it. */
export function FilterBox({ value, placeholder, clearLabel, onChange }: FilterBoxProps) {
  return (
    <span className="filter-box">
      <Search size={14} aria-hidden />
      <input
        className="input"
        type="text"
        aria-label={placeholder}
        placeholder={placeholder}
        value={value}
        onChange={event => onChange(event.target.value)}
        onKeyDown={event => {
          if (event.key !== 'Escape' || value === '') return
          event.stopPropagation()
          onChange('')
        }}
      />
      {value !== '' && <button type="button" aria-label={clearLabel} onClick={() => onChange('')}><X size={12} /></button>}
    </span>
  )
}
