/*
**  reject_rules_test - syntax, includes, limits and matching of reject files
**
**  The manual's own examples are in TEST/MANUAL.
*/
#include <cppunit/extensions/HelperMacros.h>
#include <map>
#include "CORE/reject_rules.h"
#include "CORE/text.h"

using namespace mail;

class MapReader : public RejectReader {
public:
    std::map<std::string, std::string> files;
    virtual bool read(const std::string &file, std::string *full, std::string *text)
    {
        *full = text_uppered(file) + ";1";
        std::map<std::string, std::string>::const_iterator found = files.find(file);
        if (found == files.end()) {
            *text = "no such file";
            return false;
        }
        *text = found->second;
        return true;
    }
};

class RejectRulesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RejectRulesTest);
    CPPUNIT_TEST(test_lines);
    CPPUNIT_TEST(test_comments_only_in_column_one);
    CPPUNIT_TEST(test_includes_nest_and_resume);
    CPPUNIT_TEST(test_include_loops_end);
    CPPUNIT_TEST(test_problems);
    CPPUNIT_TEST(test_rough_text_is_taken);
    CPPUNIT_TEST(test_matching);
    CPPUNIT_TEST(test_header_rules);
    CPPUNIT_TEST(test_texts);
    CPPUNIT_TEST_SUITE_END();

    MapReader reader;
    RejectRules rules;

    void parse(const std::string &text)
    {
        reader.files["a"] = text;
        CPPUNIT_ASSERT(reject_parse("a", reader, &rules));
    }
    std::string printed() const
    {
        static const char actions[] = "nryq";
        std::string out;
        for (size_t i = 0; i < rules.rules.size(); ++i) {
            const RejectRule &r = rules.rules[i];
            out += r.from + "|" + r.ip + "|" + r.to + "|" + actions[r.action] + "|" + r.data + "\n";
        }
        return out;
    }
    std::string told() const
    {
        std::string out;
        for (size_t i = 0; i < rules.problems.size(); ++i)
            out += rules.problems[i].place.file + ":" +
                   text_from_number(rules.problems[i].place.line) + ":" + rules.problems[i].text +
                   "\n";
        return out;
    }
    /* Line of the rule that decides, 0 none. */
    size_t decides(const char *from, const char *ip, const char *to) const
    {
        const RejectRule *rule = reject_find(rules, from, ip, to);
        return rule ? rule->place.line : 0;
    }

public:
    void test_lines()
    {
        parse("baduser@spam.org\n"
              "<a> 10.*\n"
              "* 10.* x@y\n"
              "<> * * n\n"
              "* * * Y\n"
              "* * <b@c> n  d@e  ignored\n"
              "*\t*\t*\tq\n"
              "* * * y \"two words\" more\n");
        CPPUNIT_ASSERT_EQUAL(std::string("baduser@spam.org|*|*|n|\n"
                                         "a|10.*|*|n|\n"
                                         "*|10.*|x@y|n|\n"
                                         "|*|*|n|\n"
                                         "*|*|*|y|\n"
                                         "*|*|b@c|r|d@e\n"
                                         "*|*|*|q|\n"
                                         "*|*|*|y|two words\n"),
                             printed());
        CPPUNIT_ASSERT_EQUAL(std::string(), told());
    }

    void test_comments_only_in_column_one()
    {
        parse("; one\n! two\n# three\n#included is a comment too\n ! * * n\n* * * y !no\n");
        CPPUNIT_ASSERT_EQUAL(std::string("!|*|*|n|\n*|*|*|y|!no\n"), printed());
    }

    void test_includes_nest_and_resume()
    {
        reader.files["b"] = "b1\n#include c\nb2\n";
        reader.files["c"] = "c1\n#include d\nc2\n";
        reader.files["d"] = "d1\n#include e\nd2\n";
        reader.files["e"] = "e1\n#include f\ne2\n";
        reader.files["f"] = "f1\n:X: y\n";
        parse("a1\n#include b\na2\n#INCLUDE\tf\n");
        std::string order;
        for (size_t i = 0; i < rules.rules.size(); ++i)
            order += rules.rules[i].from + " ";
        CPPUNIT_ASSERT_EQUAL(std::string("a1 b1 c1 d1 e1 f1 e2 d2 c2 b2 a2 f1 "), order);
        CPPUNIT_ASSERT_EQUAL(std::string("F;1"), rules.header_rules[0].place.file);
        CPPUNIT_ASSERT_EQUAL(size_t(2), rules.header_rules[0].place.line);
        CPPUNIT_ASSERT_EQUAL(size_t(7), rules.files.size());
        CPPUNIT_ASSERT_EQUAL(std::string("A;1"), rules.rules[10].place.file);
        CPPUNIT_ASSERT_EQUAL(size_t(3), rules.rules[10].place.line);
    }

    void test_include_loops_end()
    {
        reader.files["b"] = "b1\n#include a\nb2\n";
        parse("a1\n#include b\na2\n");
        CPPUNIT_ASSERT_EQUAL(std::string("B;1:2:includes itself: A;1\n"), told());
        CPPUNIT_ASSERT_EQUAL(size_t(4), rules.rules.size());
        /* a tree that doubles at each level */
        for (int i = 0; i < 40; ++i) {
            std::string next = "#include t" + text_from_number(static_cast<boost::uint64_t>(i + 1));
            reader.files["t" + text_from_number(static_cast<boost::uint64_t>(i))] =
                next + "\n" + next + "\nx\n";
        }
        reader.files["t40"] = "x\n";
        parse("#include t0\n");
        CPPUNIT_ASSERT(rules.files.size() <= REJECT_FILES_MAX);
        CPPUNIT_ASSERT(!rules.problems.empty());
        CPPUNIT_ASSERT_EQUAL(std::string("too many files: t40"), rules.problems[0].text);
    }

    void test_problems()
    {
        parse("* * * z\n"
              "* * * y \"open\n"
              ":Subject\n"
              ":: x\n"
              ":Bad name: x\n"
              ":Subject:\n"
              "#include\n"
              "#include gone\n"
              "* * * y \"a\007b\"\n"
              "good\n");
        CPPUNIT_ASSERT_EQUAL(std::string("A;1:1:action is not n, y or q: z\n"
                                         "A;1:2:a quotation mark is missing\n"
                                         "A;1:3:not \":Header: pattern\"\n"
                                         "A;1:4:not \":Header: pattern\"\n"
                                         "A;1:5:not \":Header: pattern\"\n"
                                         "A;1:6:not \":Header: pattern\"\n"
                                         "A;1:7:#include without a file\n"
                                         "A;1:8:gone: no such file\n"
                                         "A;1:9:control characters\n"),
                             told());
        CPPUNIT_ASSERT_EQUAL(std::string("good|*|*|n|\n"), printed());
        CPPUNIT_ASSERT(!reject_parse("gone", reader, &rules));
        CPPUNIT_ASSERT_EQUAL(std::string(":0:gone: no such file\n"), told());
        CPPUNIT_ASSERT(rules.rules.empty() && rules.files.empty());
    }

    void test_rough_text_is_taken()
    {
        parse("* * x@y n  \r\n\r\n   \n" + std::string(3000, 'l') + " * * q\r\n:X:  " +
              std::string(3000, 'p') + "\r\n* 1.2.3.4 * y");
        CPPUNIT_ASSERT_EQUAL(std::string(), told());
        CPPUNIT_ASSERT_EQUAL(size_t(3), rules.rules.size());
        CPPUNIT_ASSERT_EQUAL(REJECT_ACCEPT, rules.rules[0].action);
        CPPUNIT_ASSERT_EQUAL(size_t(3000), rules.rules[1].from.size());
        CPPUNIT_ASSERT_EQUAL(size_t(3000), rules.header_rules[0].pattern.size());
        CPPUNIT_ASSERT_EQUAL(REJECT_REFUSE, rules.rules[2].action);
    }

    void test_matching()
    {
        parse("<> * * n\n"
              "* 192.0.2.% joe@x.org y\n"
              "a%c@*.org * *@*@x.org y\n"
              "* 2001:db8::* * q\n"
              "bob * * n\n");
        CPPUNIT_ASSERT_EQUAL(size_t(1), decides("", "10.1.1.1", "any@where"));
        CPPUNIT_ASSERT_EQUAL(size_t(2), decides("z@z", "192.0.2.7", "JOE@X.ORG"));
        CPPUNIT_ASSERT_EQUAL(size_t(2), decides("z@z", "::ffff:192.0.2.7", "joe@x.org"));
        CPPUNIT_ASSERT_EQUAL(size_t(0), decides("z@z", "192.0.2.77", "joe@x.org"));
        CPPUNIT_ASSERT_EQUAL(size_t(3), decides("abc@b.org", "1.1.1.1", "u%v@x.org"));
        CPPUNIT_ASSERT_EQUAL(size_t(0), decides("a%%c@b.org", "1.1.1.1", "u%v@x.org"));
        CPPUNIT_ASSERT_EQUAL(size_t(4), decides("z@z", "2001:db8::5", "u@v"));
        CPPUNIT_ASSERT_EQUAL(size_t(5), decides("BOB", "1.1.1.1", "u"));
        CPPUNIT_ASSERT_EQUAL(size_t(0), decides("bob@x", "1.1.1.1", "u"));
    }

    void test_header_rules()
    {
        parse(":subject: *offer*\n:X-Mailer: bulk%\n");
        HeaderFields fields;
        fields.parse("Subject: an\r\n OFFER for you\r\n");
        CPPUNIT_ASSERT_EQUAL(size_t(1), reject_find_header(rules, fields)->place.line);
        fields.parse("Subject: nothing\r\nSubject:   offer\r\n");
        CPPUNIT_ASSERT_EQUAL(size_t(1), reject_find_header(rules, fields)->place.line);
        fields.parse("x-mailer:bulk7\r\n");
        CPPUNIT_ASSERT_EQUAL(size_t(2), reject_find_header(rules, fields)->place.line);
        fields.parse("X-Mailer: bulk77\r\nX-Subject: offer\r\n");
        CPPUNIT_ASSERT(reject_find_header(rules, fields) == 0);
    }

    void test_texts()
    {
        parse("* * * y \"%s|%s|%s|%s\"\n"
              "* * * y \"%.0s%.0s%s\"\n"
              "* * * y \"100%% %d %n %.3s\"\n"
              "* * * y\n");
        CPPUNIT_ASSERT_EQUAL(std::string("a@b|c@d|host|"),
                             reject_text(rules.rules[0], "a@b", "c@d", "host"));
        CPPUNIT_ASSERT_EQUAL(std::string("host"),
                             reject_text(rules.rules[1], "a@b", "c@d", "host"));
        CPPUNIT_ASSERT_EQUAL(std::string("100% %d %n abc"),
                             reject_text(rules.rules[2], "abc\r\n550 x", "c@d", "host"));
        CPPUNIT_ASSERT_EQUAL(std::string(), reject_text(rules.rules[3], "a", "b", "c"));
        CPPUNIT_ASSERT_EQUAL(size_t(REJECT_TEXT_MAX),
                             reject_text(rules.rules[0], std::string(600, 'a'), "", "").size());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RejectRulesTest);
