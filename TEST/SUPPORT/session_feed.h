/*
**  session_feed - feeds bytes to a session as the engine does, whole or in pieces; for fuzz targets
*/
#ifndef TEST_SESSION_FEED_H
#define TEST_SESSION_FEED_H

#include <string>
#include "VMS/service.h"
#include "fuzz.h"

/* All answers; the rest of the bytes is left unread when the session closes. */
static inline std::string session_feed(mail::Session *session, const std::string &bytes, bool whole)
{
    std::string answers, unread;
    for (size_t at = 0; at < bytes.size() && !session->wants_close();) {
        size_t piece = whole ? bytes.size() - at : fuzz_piece(bytes, at);
        unread.append(bytes, at, piece);
        at += piece;
        while (!session->wants_close() && !unread.empty() &&
               session->ready(unread.data(), unread.size())) {
            mail::Output out;
            size_t used = session->step(unread.data(), unread.size(), &out);
            FUZZ_ASSERT(used <= unread.size());
            unread.erase(0, used);
            answers += out.text();
            while (session->has_more()) {
                mail::Output more;
                session->produce(&more);
                answers += more.text();
            }
            if (used == 0 && out.size() == 0)
                break;
        }
    }
    return answers;
}

/* Lines end in CRLF, are short enough and hold no other control. */
static inline void check_lines(const std::string &answers, size_t longest)
{
    for (size_t at = 0; at < answers.size();) {
        size_t end = answers.find("\r\n", at);
        FUZZ_ASSERT(end != std::string::npos && end - at + 2 <= longest);
        for (; at < end; ++at)
            FUZZ_ASSERT(static_cast<unsigned char>(answers[at]) >= ' ' && answers[at] != 127);
        at = end + 2;
    }
}

/* "2026-11-21 08:30:47.12 I id event ...", printable ASCII: nobody but us begins a line. */
static inline void check_log(const std::string &log)
{
    for (size_t at = 0; at < log.size(); ++at) {
        FUZZ_ASSERT(log[at] == '2' && log.size() - at > 24 && log[at + 4] == '-' &&
                    log[at + 10] == ' ' && log[at + 22] == ' ');
        for (; at < log.size() && log[at] != '\n'; ++at)
            FUZZ_ASSERT(log[at] >= ' ' && log[at] < 127);
        FUZZ_ASSERT(at < log.size());
    }
}

#endif
