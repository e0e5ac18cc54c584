import js from '@eslint/js'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

export default tseslint.config(
  { ignores: ['dist/**', 'release/**', 'node_modules/**', '.dependency-cruiser.cjs'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mts}'],
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // Typed arrays under noUncheckedIndexedAccess need `!` in kernels; elsewhere reviewers see it.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Enums do not erase: use a const array and a union type.' },
        { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: 'Unseeded randomness does not reproduce: use shared/core/random.' },
        { selector: 'Literal[value=/TODO|FIXME/]', message: 'No loose ends in texts.' },
      ],
      'no-console': 'error',
    },
  },
  { files: ['renderer/**/*.{ts,tsx}'], ...reactHooks.configs.flat.recommended },
  // three's objects are changed in place between frames: that is what they are for.
  { files: ['renderer/scene/**/*.tsx', 'renderer/tools/**/*.tsx'], rules: { 'react-hooks/immutability': 'off' } },
  { files: ['main/cli/**', 'main/launch/**', 'tests/**'], rules: { 'no-console': 'off' } },
  { files: ['**/*.mjs', '**/*.cjs', '*.js'], languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', setTimeout: 'readonly', clearTimeout: 'readonly', module: 'writable', require: 'readonly', Buffer: 'readonly', fetch: 'readonly', AbortSignal: 'readonly' } }, rules: { 'no-console': 'off' } },
)
