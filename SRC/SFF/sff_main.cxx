/*
**  sff_main - TCPIP$SMTP_SFF.EXE; what main gives back is $STATUS
*/
#include "sff.h"

#include <exception>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    try {
        mail::SffCommand command;
        std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
        if (!mail::sff_parse(words, &command)) {
            fputs(mail::sff_usage, stdout);
            return EXIT_FAILURE;
        }
        return mail::sff_run(command) ? EXIT_SUCCESS : EXIT_FAILURE;
    } catch (const std::exception &e) {
        fprintf(stderr, "SMTP_SFF: %s\n", e.what());
    }
    return EXIT_FAILURE;
}
