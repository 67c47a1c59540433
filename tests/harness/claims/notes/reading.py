"""Turns the text of a note into its blocks: what is a command in them, what it printed, what is neither.

Who types where, and what is left open between the blocks, is claims.notes.shells'.
"""

import re
from collections.abc import Container, Sequence

from harness.claims import shell_grammar
from harness.claims.fences import Fence, fences
from harness.claims.front_matter import front_matter
from harness.claims.markdown import lines_of
from harness.claims.notes import lines as note_lines
from harness.claims.notes import programs as note_programs
from harness.claims.notes import samples, shells, values
from harness.claims.notes.file_names import file_name, line_above
from harness.claims.notes.lines import HANGUL, Prompted, prompted, without_remark
from harness.claims.notes.note import Kind, Note, NoteBlock, NoteStep, Said

_SHELL = {
    *("bash", "sh", "shell", "zsh", "ksh", "fish", "console", "terminal", "cli"),
    *("shell-session", "sh-session", "shellsession"),
}
_PLAIN = {
    *("", "text", "txt", "plain", "plaintext", "output", "log", "none", "nohighlight"),
    *("json", "yaml", "yml", "html", "ini"),
}
_WINDOWS = {"powershell", "ps1", "ps", "pwsh", "cmd", "bat", "batch", "dos"}
_FAR = 4  # lines of text between a command and its output


def words(text: str) -> list[str]:
    """The words of a note that may be programs, for a machine to say which of them it has."""
    lines = lines_of(text)
    return note_programs.asked_for(["\n".join(fence.lines) for fence in fences(lines)])


def read(text: str, programs: Container[str]) -> Note:
    """The note, `programs` being those that the machine has. Raises nothing: a fence that can't be read says why."""
    lines = lines_of(text)
    front = front_matter(lines)
    reader = _Reader(lines, programs)
    for fence in fences(lines, front.end if front.is_mapping else 0):
        reader.add(fence)
    shells.arrange(reader.blocks)
    return Note(reader.blocks, lines)


class _Reader:
    """Reads the fences of a note, each with what stands above it."""

    def __init__(self, lines: Sequence[str], programs: Container[str]) -> None:
        self.blocks: list[NoteBlock] = []
        self._lines, self._programs = lines, programs
        self._typed = ""  # all that was typed so far, and the files
        self._seen = ""  # and the outputs
        self._inside = ""  # the prompt of the container's shell that waits

    def add(self, fence: Fence) -> None:
        """Reads one fence more."""
        block = self._block(fence)
        self.blocks.append(block)
        for step in block.steps:
            self._typed += f"{step.command}\n"
            self._seen += "\n".join(step.sample or ()) + "\n"
        if block.kind is Kind.FILE:
            self._typed += "\n".join(fence.lines)

    def _block(self, fence: Fence) -> NoteBlock:
        language = fence.language.lower()
        lines = [note_lines.plain(line) for line in fence.lines]
        if not fence.closed:
            return NoteBlock(fence, Kind.NO_COMMAND, reason=Said("unclosed", fence.ticks))
        if not any(lines):
            return NoteBlock(fence, Kind.NO_COMMAND, reason=Said("empty"))
        above = line_above(self._lines, fence.line)
        name, guessed = file_name(fence, above, language in _SHELL)
        if name and not self._is_typed(lines):
            return NoteBlock(fence, Kind.FILE, file=name, guesses=[Said("file", name)] if guessed else [])
        if language in _WINDOWS or language in _SHELL or language in _PLAIN:
            block = self._commands(fence, lines, is_shell=language in _SHELL, is_windows=language in _WINDOWS)
            if block:
                return block
        if language in _PLAIN and (block := self._output(fence, lines)):
            return block
        return NoteBlock(fence, Kind.NO_COMMAND, reason=Said("no-command"))

    def _is_typed(self, lines: Sequence[str]) -> bool:
        """Whether a fence begins at a prompt."""
        first = next(line for line in lines if line.strip())
        at = prompted(first, "", self._inside)
        return at is not None and at.prompt != "# "

    # -- commands

    def _commands(self, fence: Fence, lines: list[str], *, is_shell: bool, is_windows: bool) -> NoteBlock | None:
        """The fence as commands; None where nothing in it is one."""
        typed = self._at_prompts(lines)
        guesses: list[Said] = []
        if not any(typed):
            if is_windows:
                refused = NoteStep(fence.line + 1, "$ ", lines[0], refused=Said("windows", fence.language))
                return NoteBlock(fence, Kind.COMMANDS, [refused])
            typed = self._without_prompts(lines, is_shell)
            guesses = [Said("unprompted")]
        if not any(typed):
            return None
        block = NoteBlock(fence, Kind.COMMANDS, guesses=guesses)
        index = 0
        while index < len(lines):
            at = typed[index]
            if at is None:
                index += self._other(block, lines[index], index, is_prompted=not guesses)
                continue
            index = self._command(block, lines, typed, index)
        self._enter(block)
        self._finish(block, is_prompted=not guesses)
        return block if block.steps or block.waiting else None

    def _enter(self, block: NoteBlock) -> None:
        """Notes the container's shell that waits behind the block."""
        if block.waiting:
            self._inside = block.waiting
        elif block.steps:
            last = block.steps[-1]
            self._inside = last.prompt if last.inside and not _leaves(last) else ""

    def _at_prompts(self, lines: Sequence[str]) -> list[Prompted | None]:
        """What is typed at a prompt, by line. `# ` is root's where no line has another prompt and programs follow."""
        found: list[Prompted | None] = []
        before, inside = "", self._inside
        for line in lines:
            at = prompted(line, before, inside)
            found.append(at)
            if at:
                before, inside = at.text or before, at.prompt if at.inside else ""
        roots = [at for at in found if at and at.is_bare]
        others = [at for at in found if at and not at.is_bare and not at.inside]
        unprompted = [
            line for line, at in zip(lines, found, strict=True) if at is None and note_programs.is_usual(line)
        ]
        has_root = bool(roots) and not unprompted and any(self._is_roots(at) for at in roots)
        if others and not any("su" in at.text.split() or "sudo" in at.text.split() for at in others):
            has_root = False
        return [None if at in roots and not (has_root and self._is_roots(at)) else at for at in found]

    def _is_roots(self, at: Prompted | None) -> bool:
        return bool(
            at and note_programs.begins_command(at.text, self._programs) and not note_lines.is_sentence(at.text)
        )

    def _without_prompts(self, lines: Sequence[str], is_shell: bool) -> list[Prompted | None]:
        """What looks typed although no prompt stands before it."""
        found: list[Prompted | None] = []
        skip = 0
        for index, line in enumerate(lines):
            if skip:
                skip -= 1
                found.append(None)
                continue
            text, _ = without_remark(line.strip())
            has_command = any(found)
            if not self._looks_typed(text, is_shell=is_shell and not has_command):
                found.append(None)
                continue
            found.append(Prompted("$ ", line.strip()))
            skip = max(shell_grammar.complete_lines("\n".join([text, *lines[index + 1 :]])) - 1, 0)
        return found

    def _looks_typed(self, text: str, *, is_shell: bool) -> bool:
        if not text or text.startswith("#") or note_lines.is_sentence(text):
            return False
        if note_programs.is_usual(text):
            return True
        if not note_programs.begins_command(text, self._programs):
            return False
        is_row = re.search(r"\S {2,}\S.* {2,}\S", text)
        return not is_row and (is_shell or bool(re.search(r"\s-{1,2}\w|\s[./~]|[|>&]|^\./|^\w+=", text)))

    def _command(self, block: NoteBlock, lines: list[str], typed: Sequence[Prompted | None], index: int) -> int:
        """Adds the command on a line; the index of the line behind it."""
        at = typed[index]
        assert at
        number = block.line + 1 + index
        if not at.text:
            block.waiting = at.prompt if at.inside else ""
            return index + 1
        command, end = at.text, index + 1
        text, guesses = without_remark(command)
        below = [line.removeprefix("> ") if line != ">" else "" for line in lines[end:]]
        if "<<" in text and (count := shell_grammar.complete_lines("\n".join([text, *below]))):
            text, end = "\n".join([text, *below[: count - 1]]), end + count - 1
        while end < len(lines) and typed[end] is None and shell_grammar.unfinished(text):
            text += f"\n{below[end - index - 1]}"
            end += 1
        text, _ = without_remark(text) if "\n" in text and "<<" not in text else (text, [])
        step = NoteStep(number, at.prompt, text, inside=at.inside, guesses=guesses)
        block.waiting = ""
        if at.windows:
            step.prompt, step.refused = "$ ", Said("windows", at.windows)
        elif open_end := shell_grammar.unfinished(text):
            step.refused = Said("unfinished", open_end)
        block.steps.append(step)
        return end

    def _other(self, block: NoteBlock, line: str, index: int, *, is_prompted: bool) -> int:
        """A line that is no command: a comment, or printed by the command above it."""
        stripped = line.strip()
        is_comment = stripped.startswith(("#", "//")) and (
            not is_prompted or not block.steps or bool(HANGUL.search(stripped)) or stripped == "#"
        )
        if not block.steps or is_comment:
            return 1
        step = block.steps[-1]
        if step.sample is None:
            if not stripped and not is_prompted:
                return 1  # a blank line between commands
            step.sample, step.first_line = [], block.line + 1 + index
        step.sample.append(line)
        return 1

    def _finish(self, block: NoteBlock, *, is_prompted: bool) -> None:
        """Cleans the samples, and says of each step whether it can be run."""
        typed, seen = self._typed, self._seen
        for step in block.steps:
            typed += f"{step.command}\n"
            if step.sample is not None:
                step.sample, said = samples.cleaned(step.sample, typed)
                step.guesses += said
                if not any(line.strip() for line in step.sample):
                    step.sample = None
                elif not is_prompted:
                    step.guesses.append(Said("inline-output", step.sample[0].strip()))
            self._judge(step, typed.removesuffix(f"{step.command}\n"), seen + typed.removesuffix(f"{step.command}\n"))
            seen += "\n".join(step.sample or ()) + "\n"

    def _judge(self, step: NoteStep, typed: str, seen: str) -> None:
        if step.refused or step.inside:
            return
        step.open_value = values.left_open(step.command, seen)
        step.refused = None if step.open_value else note_programs.refusal(step.command, self._programs, typed)

    # -- outputs

    def _output(self, fence: Fence, lines: list[str]) -> NoteBlock | None:
        """The fence as the output of the command above it; None where it can't be that."""
        above = self.blocks[-1] if self.blocks else None
        if above is None or above.kind is not Kind.COMMANDS or not above.steps or above.waiting:
            return None
        step = above.steps[-1]
        between = self._lines[above.line + len(above.fence.lines) + 1 : fence.line - 1]
        is_near = sum(bool(line.strip()) for line in between) <= _FAR and not any(map(_is_heading, between))
        if step.sample is not None or not is_near or not samples.looks_printed(lines, self._typed):
            return None
        step.sample, said = samples.cleaned(lines, self._typed)
        step.first_line = fence.line + 1
        step.guesses += [Said("next-fence", str(fence.line)), *said]
        self._seen += "\n".join(step.sample) + "\n"
        return NoteBlock(fence, Kind.OUTPUT, reason=Said("output-of", str(step.line)))


def _is_heading(line: str) -> bool:
    return bool(re.match(r"\s*#{1,6} |\s*[-*_]{3,}\s*\Z", line))


def _leaves(step: NoteStep) -> bool:
    return bool(re.fullmatch(r"exit|logout|quit|\\q|\^D|\^P\^Q|bye", step.command.split()[0] if step.command else ""))
