/*
**  pop_fixture - a small system with users and mail, and a client that talks to a PopSession
**  directly
*/
#ifndef TEST_POP_FIXTURE_H
#define TEST_POP_FIXTURE_H

#include "maildrop.h"
#include "pop_session.h"
#include "scratch_root.h"
#include "size_cache.h"

#include "../../SRC/VMS/itemlist.h"
#include "../../SRC/VMS/mail_call.h"
#include "CORE/md5.h"
#include "VMS/mailsend.h"
#include "VMS/recfile.h"

#include <mail$routines.h>
#include <maildef.h>

#include <cppunit/extensions/HelperMacros.h>

namespace mail {

class PopFixture : public CppUnit::TestFixture {
public:
    virtual void setUp()
    {
        root_ = new ScratchRoot;
        root_->add_user("SYSTEM", "manager");
        root_->add_user("SMITH", "sesame");
        root_->add_user("JONES", "abra");
        settings_.reset(new Settings);
        identity_.reset(new Identity);
        identity_->set_host("ucxsys.acme.com", "acme.com", "UCXSYS");
        config_use(settings_);
        identity_use(identity_);
        SizeCache::forget_all();
        log_capture(&log_);
        log_set_level(LOG_DEBUG);
        context_.version = "V9.9";
        context_.up_since = "1999-04-04 06:42:17";
    }
    virtual void tearDown()
    {
        log_capture(0);
        log_set_level(LOG_INFO);
        config_use(SettingsPtr());
        identity_use(IdentityPtr());
        unsigned violations = shim_violations();
        delete root_;
        CPPUNIT_ASSERT_EQUAL(0U, violations);
    }

protected:
    /* SMITH's. */
    Account account()
    {
        Account a;
        CPPUNIT_ASSERT(account_lookup("SMITH", &a).ok());
        return a;
    }
    void open(Maildrop &drop)
    {
        std::string why;
        CPPUNIT_ASSERT_EQUAL_MESSAGE(why, Maildrop::OPENED,
                                     drop.open(account(), settings_, identity_, &why));
    }
    void set(ParamId id, const char *value)
    {
        const char *reason = "";
        CPPUNIT_ASSERT_MESSAGE(value, settings_->set(id, value, ORIGIN_TEST, "", &reason));
    }
    void deliver(const std::string &user, const std::string &subject, const std::string &text,
                 const std::string &from = "SMTP%\"a@b.test\"")
    {
        MailSender sender;
        CPPUNIT_ASSERT(sender.begin().ok());
        CPPUNIT_ASSERT(sender.set_from(from).ok());
        CPPUNIT_ASSERT(sender.set_to(user).ok());
        CPPUNIT_ASSERT(sender.set_subject(subject).ok());
        CPPUNIT_ASSERT(sender.add_address(user).ok());
        CPPUNIT_ASSERT(sender.add_text(text.data(), text.size()).ok());
        CPPUNIT_ASSERT(sender.send().ok());
        CPPUNIT_ASSERT(sender.addressees()[0].delivered);
        sender.end();
    }
    /*
    **  A file sent with SEND/FOREIGN: a message with MAIL$M_EXTNSTD; MailSender has no such
    **  messages.
    */
    void deliver_foreign(const std::string &user, const std::string &subject,
                         const std::string &bytes)
    {
        FILE *file = fopen((root_->path() + "/SYSTEM/FOREIGN.DAT;1").c_str(), "wb");
        CPPUNIT_ASSERT(file && fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size());
        CPPUNIT_ASSERT_EQUAL(0, fclose(file));
        boost::uint32_t context = 0;
        LowScratch scratch;
        ItemList<5> attributes(scratch), part(scratch), address(scratch);
        attributes.flag(MAIL$_SEND_FOREIGN);
        attributes.in(MAIL$_SEND_FROM_LINE, std::string("SMTP%\"a@b.test\""));
        attributes.in(MAIL$_SEND_TO_LINE, user);
        attributes.in(MAIL$_SEND_SUBJECT, subject);
        attributes.flag(MAIL$_NOSIGNAL);
        part.in(MAIL$_SEND_FILENAME, std::string("SYS$SYSDEVICE:[SYSTEM]FOREIGN.DAT"));
        part.flag(MAIL$_NOSIGNAL);
        address.in(MAIL$_SEND_USERNAME, user);
        address.flag(MAIL$_NOSIGNAL);
        MailEntry entry;
        CPPUNIT_ASSERT(mail_call_plain(mail$send_begin, &context).ok());
        CPPUNIT_ASSERT(mail_call(mail$send_add_attribute, &context, attributes.list(), 0).ok());
        CPPUNIT_ASSERT(mail_call(mail$send_add_address, &context, address.list(), 0).ok());
        CPPUNIT_ASSERT(mail_call(mail$send_add_bodypart, &context, part.list(), 0).ok());
        CPPUNIT_ASSERT(mail_call_plain(mail$send_message, &context).ok());
        CPPUNIT_ASSERT(mail_call_plain(mail$send_end, &context).ok());
    }
    static unsigned new_messages(const std::string &user)
    {
        MailProfile profile;
        CPPUNIT_ASSERT(mailstore_profile(user, &profile).ok());
        return profile.new_messages;
    }
    static boost::uint32_t folder_count(const std::string &user, const std::string &folder)
    {
        MailFile file;
        MailFolder selected;
        boost::uint32_t count = 0;
        if (file.open("SYS$SYSDEVICE:[" + user + "]").ok())
            selected.select(&file, folder, &count);
        return count;
    }

    static bool has(const std::string &text, const std::string &part)
    {
        return text.find(part) != std::string::npos;
    }
    static bool admitted(const std::string &answer)
    {
        return has(answer, "+OK Username/password combination ok\r\n");
    }
    /* The user's POP_SECRET.DAT (spec 8.6). */
    static void secret(const std::string &text, const std::string &user = "SMITH")
    {
        RecordWriter writer;
        CPPUNIT_ASSERT(writer.create("SYS$SYSDEVICE:[" + user + "]POP_SECRET.DAT", "").ok());
        CPPUNIT_ASSERT(writer.write(text).ok());
        CPPUNIT_ASSERT(writer.close().ok());
    }
    /* Changes a user's SYSUAF record. */
    template <typename Change> void modify(const std::string &user, Change change)
    {
        shim::UafRecord record;
        CPPUNIT_ASSERT(shim::uaf_read(user, &record) & 1);
        change(&record);
        CPPUNIT_ASSERT(shim::uaf_modify(record) & 1);
    }
    static void make_operator(shim::UafRecord *record) { record->authorized |= 1u << 18; }
    static void expire_account(shim::UafRecord *record)
    {
        record->expiration = vmstime_now() - VMSTIME_UNITS_PER_SECOND;
    }
    static void expire_password(shim::UafRecord *record)
    {
        record->password_lifetime = -10000000;
        record->password_date = vmstime_now() - 10 * VMSTIME_UNITS_PER_SECOND;
    }
    static void close_hours(shim::UafRecord *record)
    {
        for (int i = 0; i < 3; ++i)
            record->access[0][i] = record->access[1][i] = 0xff;
    }

    ScratchRoot *root_;
    boost::shared_ptr<Settings> settings_;
    boost::shared_ptr<Identity> identity_;
    PopContext context_;
    std::string log_;
};

/* Feeds a session as the engine does, in pieces of a given size. */
class PopClient {
public:
    PopClient(const PopContext &context, boost::uint32_t number = 1)
        : session(context, number, "192.0.2.1"), piece(1000000), held(0), tls_wanted(false)
    {
        Output out;
        session.start(&out);
        greeting = out.text();
    }
    ~PopClient() { session.on_disconnect(DISCONNECT_PEER); }
    /* Everything that is answered to these bytes. */
    std::string say(const std::string &bytes)
    {
        std::string answer;
        for (size_t at = 0; at < bytes.size(); at += piece) {
            waiting_.append(bytes, at, piece);
            while (!session.wants_close() && session.ready(waiting_.data(), waiting_.size())) {
                Output out;
                size_t used = session.step(waiting_.data(), waiting_.size(), &out);
                answer += out.text();
                waiting_.erase(0, used);
                VmsTime hold = session.take_hold();
                held = hold ? hold : held;
                if (session.wants_tls()) { /* the engine throws away what came behind it */
                    tls_wanted = true;
                    waiting_.clear();
                    return answer;
                }
                while (session.has_more()) {
                    Output more;
                    session.produce(&more);
                    answer += more.text();
                }
                if (used == 0)
                    break;
            }
        }
        return answer;
    }
    /* "APOP user digest" for the greeting of this connection. */
    std::string apop(const std::string &user, const std::string &text) const
    {
        return "APOP " + user + " " + md5_hex(stamp() + text) + "\r\n";
    }
    std::string stamp() const
    {
        size_t from = greeting.find('<'), to = greeting.find('>');
        return from == std::string::npos ? "" : greeting.substr(from, to + 1 - from);
    }
    std::string login(const std::string &user, const std::string &password)
    {
        return say("USER " + user + "\r\nPASS " + password + "\r\n");
    }
    PopSession session;
    std::string greeting;
    size_t piece;
    VmsTime held;    /* until when the last answer that was held is held */
    bool tls_wanted; /* STLS was accepted */

private:
    std::string waiting_;
};

} // namespace mail

#endif
