/*
**  ivp_command - sessions with the POP server until the message has come
*/
#include "ivp_command.h"

#include "CORE/text.h"
#include "VMS/client_connection.h"
#include "VMS/recfile.h"
#include "VMS/thread.h"
#include "pop_collector.h"

namespace mail {

const char ivp_usage[] =
    "Usage: TCPIP$MAIL_IVP address port user password subject file seconds\n";

namespace {

enum Word {
    WORD_ADDRESS,
    WORD_PORT,
    WORD_USER,
    WORD_PASSWORD,
    WORD_SUBJECT,
    WORD_FILE,
    WORD_SECONDS,
    WORDS
};

const boost::uint32_t PATIENCE_MS = IVP_ANSWER_SECONDS * 1000;

/* The server is this node: whose certificate it has does not matter here. */
Status secure(ClientConnection *connection, TlsClient *client)
{
    Status status = client->load("");
    return status.ok() ? connection->secure(client, "", PATIENCE_MS) : status;
}

std::string says(const char *ident, const std::string &text)
{
    return std::string("%TCPIP-E-") + ident + ", " + text;
}

Status read_lines(const std::string &file, std::vector<std::string> *lines)
{
    RecordReader reader;
    Status status = reader.open(file, "");
    std::string line;
    while (status.ok() && (status = reader.next(&line)).ok())
        lines->push_back(line);
    return status.end_of_file() ? Status() : status;
}

/* One session; *problem stays empty when it came to its end. */
void converse(const IvpCommand &command, PopCollector *session, std::string *problem)
{
    TlsClient client; /* outlives the connection */
    ClientConnection connection;
    Status status = connection.open(command.server, PATIENCE_MS, 0);
    if (status.ok() && command.tls)
        status = secure(&connection, &client);
    if (!status.ok()) {
        *problem = says("IVPCONNECT", "no connection to the POP server at " +
                                          net_endpoint_text(command.server) + ": " + status.text());
        return;
    }
    char buffer[1024];
    while (!session->is_done()) {
        size_t count = 0;
        std::string output;
        status = connection.read(buffer, sizeof buffer, PATIENCE_MS, 0, &count);
        if (status.ok())
            session->feed(buffer, count, &output);
        if (session->wants_tls() && (status = secure(&connection, &client)).ok())
            session->secured(&output);
        if (status.ok())
            status = connection.write(output, PATIENCE_MS, 0);
        if (!status.ok() && !session->is_done()) {
            *problem = says("IVPCUT", std::string("waiting for the answer to ") +
                                          session->waits_for() + ": " + status.text());
            return;
        }
    }
    if (!session->refusal().empty())
        *problem = says("IVPREFUSED", "the POP server refused " + session->refusal());
}

} // namespace

bool ivp_parse(const std::vector<std::string> &words, IvpCommand *command)
{
    boost::uint32_t port = 0;
    if (words.size() != WORDS || !net_parse_address(words[WORD_ADDRESS], &command->server) ||
        !text_number(words[WORD_PORT], 1, 65535, &port) ||
        !text_number(words[WORD_SECONDS], 0, IVP_SECONDS_MAX, &command->seconds))
        return false;
    for (size_t i = WORD_USER; i <= WORD_FILE; ++i)
        if (words[i].empty() || text_has_controls(words[i]))
            return false;
    command->server.port = static_cast<unsigned short>(port);
    command->user = words[WORD_USER];
    command->password = words[WORD_PASSWORD];
    command->subject = words[WORD_SUBJECT];
    command->file = words[WORD_FILE];
    return true;
}

void ivp_apply(const Settings &settings, IvpCommand *command)
{
    command->tls = settings.flag(P_POP_DISABLE_CLEARTEXT);
    if (command->tls)
        command->server.port = static_cast<unsigned short>(settings.number(P_POP_SSL_PORT));
}

bool ivp_run(const IvpCommand &command, std::string *problem)
{
    std::vector<std::string> sent;
    Status status = read_lines(command.file, &sent);
    if (!status.ok()) {
        *problem = says("IVPFILE",
                        "cannot read what was sent, " + command.file + ": " + status.text());
        return false;
    }
    boost::uint64_t end = net_milliseconds() + command.seconds * 1000;
    for (;;) {
        PopCollector session(command.user, command.password, command.subject);
        converse(command, &session, problem);
        if (!problem->empty())
            return false;
        if (session.is_collected()) {
            std::string difference = body_difference(session.message(), sent);
            if (!difference.empty())
                *problem =
                    says("IVPDIFFERS", "the message that POP brought differs: " + difference);
            return difference.empty();
        }
        if (net_milliseconds() >= end)
            break;
        thread_sleep(IVP_POLL_MS);
    }
    *problem = says("IVPWAIT", "the message has not arrived within " +
                                   text_from_number(command.seconds) + " seconds");
    return false;
}

} // namespace mail
