# The lab's prompts, for every interactive bash on this machine, whoever runs it: bare, and with the marks of shell
# integration (OSC 133) around what a command prints, so that nobody has to guess where it ends, and with the folder
# (OSC 7), so that the files of a page come where its reader is. Read at the end of /etc/bash.bashrc, and once more
# after /etc/profile.d, where systemd adds marks of its own (OSC 3008). The mark of the end holds a word that each lab
# makes anew, so that a program, or a container, can't print it.
unset PROMPT_COMMAND
# Its errors go nowhere, so that `set -x` doesn't show it.
PROMPT_COMMAND='{ printf "\033]133;D;%s;aid=NONCE\007\033]7;file://%s\007" "$?" "$HOSTNAME$PWD"; } 2> /dev/null'
PROMPT_COMMAND=${PROMPT_COMMAND/NONCE/$(< /etc/lab/nonce)}
PS0='\e]133;C\a'
PS1='\$ '
PS2='> '
unset HISTFILE
unset -f command_not_found_handle
unalias -a
export LANG=C.UTF-8
