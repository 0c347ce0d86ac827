/** The shells that can be taught the commands. */
export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof SHELLS)[number];

/**
 * What teaches a shell to complete `name`: the shell asks the program itself, with the words so far, for a candidate a line, with a
 * tab and what it is about behind it.
 */
export function completionScript(shell: Shell, name: string): string {
  return SCRIPTS[shell].replaceAll('NAME', name).replaceAll('FN', name.replaceAll('-', '_'));
}

const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `# bash completion for NAME: source <(NAME completion bash)
_FN_complete() {
  local IFS=$'\\n' words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  COMPREPLY=($(compgen -W "$(NAME __complete "\${words[@]}" 2>/dev/null | cut -f1)" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _FN_complete NAME
`,
  zsh: `#compdef NAME
# zsh completion for NAME: source <(NAME completion zsh), or save it as _NAME in a folder of $fpath
_FN_complete() {
  local -a candidates
  local line
  for line in "\${(@f)$(NAME __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] && candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  _describe 'NAME' candidates || _files
}
compdef _FN_complete NAME
`,
  fish: `# fish completion for NAME: NAME completion fish | source
complete -c NAME -f -a '(NAME __complete (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`,
  powershell: `# PowerShell completion for NAME: NAME completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName NAME -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" })
  if ($wordToComplete -eq '') { $words += '' }
  NAME __complete @words 2>$null | ForEach-Object {
    $value, $about = $_ -split "\`t", 2
    $tip = if ($about) { $about } else { $value }
    [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $tip)
  }
}
`,
};
